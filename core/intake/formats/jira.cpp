// Jira Service Management issues (formats.md 4.10), in English and in Spanish.
#include "core/intake/formats/formats.hpp"

namespace preempt::intake::formats {

namespace {

using Values = ColumnRule::Values;

constexpr std::array<HeaderNames, 3> kMust = {"issue key", "issue id", "created"};
constexpr std::array<HeaderNames, 3> kSpanishMust = {"clave de incidencia", "id de la incidencia", "creada"};
constexpr std::array<HeaderNames, 5> kHelps = {
    "reporter|informador", "creator|creador", "custom field (request type)",
    "satisfaction rating|calificaci\xC3\xB3n de satisfacci\xC3\xB3n",
    "status category|categor\xC3\xAD"
    "a de estado"};
constexpr std::array<ColumnRule, 18> kColumns = {{
    {"issue key|clave de incidencia", Role::record_id, ""},
    {"created|creada", Role::occurred_at, ""},
    {"reporter|informador", Role::email, "the reporters are given by e-mail address", Values::emails},
    {"reporter id|id del informador", Role::customer_id, ""},
    {"reporter|informador", Role::customer_id, "the reporters are given by name"},
    {"custom field (organizations)|campo personalizado (organizations)", Role::account_id, ""},
    {"resolved|resuelta", Role::closed_at, ""},
    {"status category changed|categor\xC3\xAD"
     "a de estado cambiada",
     Role::closed_at, "Resolved is empty in this file; this is when the state last changed"},
    {"updated|actualizada", Role::updated_at, ""},
    {"status|estado", Role::status, ""},
    {"priority|prioridad", Role::priority, ""},
    {"custom field (request type)|campo personalizado (request type)", Role::topic, ""},
    {"issue type|tipo de incidencia", Role::topic, ""},
    {"component/s|components", Role::product_area, ""},
    {"assignee|persona asignada", Role::owner_id, ""},
    {"satisfaction rating|calificaci\xC3\xB3n de satisfacci\xC3\xB3n", Role::score, ""},
    {"custom field (time to first response)", Role::none,
     "the time that was left, not the time that it took"},
    {"custom field (time to resolution)|custom field (time to done)", Role::none,
     "the time that was left, not the time that it took"},
}};
constexpr std::string_view kZoneNotice =
    "Jira writes times in the zone of the person who exported. Choose that zone.";

} // namespace

constexpr Format kJiraIssues = {.id = "jira_issues",
                                .label = "Jira issue export",
                                .kind = TableKind::contacts,
                                .must = kMust,
                                .helps = kHelps,
                                .columns = kColumns,
                                .zone_notice = kZoneNotice,
                                .score_scale = ScoreScale::one_to_five};

constexpr Format kJiraIssuesSpanish = {.id = "jira_issues_es",
                                       .label = "Jira issue export (Spanish)",
                                       .kind = TableKind::contacts,
                                       .must = kSpanishMust,
                                       .helps = kHelps,
                                       .columns = kColumns,
                                       .zone_notice = kZoneNotice,
                                       .score_scale = ScoreScale::one_to_five};

} // namespace preempt::intake::formats

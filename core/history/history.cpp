// The road from files to a History (see history.hpp): the steps in their order, and what can be broken down
// by. Each step is a file of this folder.
#include "core/history/history.hpp"

#include "core/history/work.hpp"

namespace preempt::history {
namespace {

constexpr std::array<Role, kAttributes> kAttributeRoles{
    Role::trigger,         Role::outreach_type,  Role::channel,       Role::segment,      Role::plan,
    Role::owner_id,        Role::topic,          Role::campaign,      Role::content_id,   Role::variant,
    Role::trigger_class,   Role::product_area,   Role::tier,          Role::support_tier, Role::industry,
    Role::stage,           Role::business_model, Role::contract_type, Role::region,       Role::language,
    Role::lifecycle_stage, Role::initiated_by,   Role::severity};
static_assert(kAttributeRoles[kTriggerAttribute] == Role::trigger &&
              kAttributeRoles[kOutreachTypeAttribute] == Role::outreach_type &&
              kAttributeRoles[kSegmentAttribute] == Role::segment &&
              kAttributeRoles[kTopicAttribute] == Role::topic);

std::string first_key(const Work& w, std::initializer_list<TableKind> kinds) {
    for (const auto f : w.file_order)
        for (const auto kind : kinds) {
            if (w.files[f].kind != kind) continue;
            for (const auto role : {Role::email, Role::external_id, Role::customer_id, Role::account_id})
                if (const auto* column = w.files[f].text_of(role);
                    column != nullptr && column->dictionary.size() > 1)
                    return "\"" + std::string(column->dictionary.text(1)) + "\" in " + w.files[f].name;
        }
    return "";
}

std::string no_overlap_message(const Work& w) {
    return "None of the people in the contacts appears among the people who were messaged: they look "
           "like " +
           first_key(w, {TableKind::contacts}) + " and like " +
           first_key(w,
                     {TableKind::outreaches, TableKind::exposure, TableKind::signals, TableKind::customers}) +
           ". Choose the same kind of id in both files (the e-mail address, say), or add a customers "
           "file that has both.";
}

} // namespace

std::span<const Role> attributes() {
    return kAttributeRoles;
}

int attribute_index(std::string_view name) {
    if (name == "owner") name = "owner_id";
    for (std::size_t a = 0; a < kAttributes; ++a)
        if (intake::role_info(kAttributeRoles[a]).name == name) return static_cast<int>(a);
    return -1;
}

Result<History> build_history(std::span<const FileTable> files, const Options& options) {
    Work w(files, options);
    if (auto status = find_zones(w); !status.ok()) return status;
    for (const auto& file : files)
        w.history.reason.push_back(file.reason);
    order_files(w);
    w.identity = identify(files);
    w.history.health.shared_keys = w.identity.shared_keys;
    drop_repeats_across_files(w);
    choose_unit(w);
    read_customers(w);
    read_outreaches(w);
    read_reactions(w);
    read_assignments(w);
    read_contacts(w);
    read_surveys(w);
    read_self_service(w);
    read_programme(w);
    const auto& health = w.history.health;
    const bool has_people = std::find(w.known.begin(), w.known.end(), std::uint8_t{1}) != w.known.end();
    if (has_people && health.contacts_in_scope > 0 && health.contacts_matched == 0)
        return Status::error(StatusCode::bad_input, no_overlap_message(w));
    return std::move(w.history);
}

} // namespace preempt::history

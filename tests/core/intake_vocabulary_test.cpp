// Rules of the vocabularies and tables of core/intake: roles, reasons, words, arms, formats.
#include "core/base/text.hpp"
#include "core/intake/arm.hpp"
#include "core/intake/formats/formats.hpp"
#include "core/intake/row_rules.hpp"
#include "core/intake/vocabulary.hpp"
#include "intake_helpers.hpp"

#include <set>

using namespace intake_test;

TEST_CASE("every role and kind is found by its name") {
    std::set<std::string_view> names;
    for (const auto& info : all_roles()) {
        CHECK(role_from_name(info.name) == info.role);
        CHECK(&role_info(info.role) == &info);
        CHECK_FALSE(info.label.empty());
        names.insert(info.name);
    }
    CHECK(names.size() == all_roles().size());
    CHECK(role_from_name("nonsense") == Role::none);
    for (const TableKind kind :
         {TableKind::outreaches, TableKind::contacts, TableKind::customers, TableKind::exposure,
          TableKind::signals, TableKind::engagement, TableKind::surveys}) {
        CHECK(kind_from_name(kind_name(kind)) == kind);
        const auto roles = roles_of(kind);
        CHECK(std::set<Role>(roles.begin(), roles.end()).size() == roles.size());
    }
    CHECK(roles_of(TableKind::contacts).front() == Role::occurred_at);
    CHECK(roles_of(TableKind::unknown).empty());
    for (std::size_t i = 0; i < static_cast<std::size_t>(Reason::count_); ++i) {
        CHECK_FALSE(reason_label(static_cast<Reason>(i)).empty());
    }
}

TEST_CASE("a format proposes only roles that tables of its kind have, and its required headers are among its "
          "columns' words") {
    std::set<std::string_view> ids;
    for (const Format* format : all_formats()) {
        INFO(format->id);
        CHECK(ids.insert(format->id).second);
        CHECK(find_format(format->id) == format);
        CHECK_FALSE(format->label.empty());
        CHECK_FALSE(format->must.empty());
        const auto roles = roles_of(format->kind);
        for (const auto& rule : format->columns) {
            INFO(rule.names << " -> " << role_info(rule.role).name);
            CHECK(
                (rule.role == Role::none || std::find(roles.begin(), roles.end(), rule.role) != roles.end()));
        }
        for (const auto& rule : format->rows)
            CHECK(is_judged(format, format->kind, rule.role));
    }
}

TEST_CASE("outreach types and outcomes are understood in the words of the tools") {
    CHECK(parse_outreach_type("Signal-based") == OutreachType::signal);
    CHECK(parse_outreach_type(" NEWSLETTER ") == OutreachType::broadcast);
    CHECK(parse_outreach_type("one-off") == OutreachType::broadcast);
    CHECK_FALSE(parse_outreach_type("surprise").has_value());
    CHECK(parse_outcome("Usage improved") == Outcome::usage_improved);
    CHECK(parse_outcome("no response") == Outcome::no_effect);
    CHECK_FALSE(parse_outcome("").has_value());
}

TEST_CASE("statuses tell open tickets from closed ones") {
    CHECK(parse_status_open("Waiting on Customer") == true);
    CHECK(parse_status_open("Solved") == false);
    CHECK_FALSE(parse_status_open("Phase 2").has_value());
}

TEST_CASE("arms are understood by word, and by yes and no where the header asks") {
    CHECK(parse_arm("Control group") == Arm::holdout);
    CHECK(parse_arm("held_out") == Arm::holdout);
    CHECK(parse_arm("Treatment") == Arm::treated);
    CHECK_FALSE(parse_arm("1").has_value()); // of what?
    CHECK_FALSE(parse_arm("blue").has_value());
    CHECK(parse_arm("true", arm_question("is_holdout")) == Arm::holdout);
    CHECK(parse_arm("0", arm_question("In control group")) == Arm::treated);
    CHECK(parse_arm("yes", arm_question("treated")) == Arm::treated);
    CHECK(parse_arm("no", arm_question("treated")) == Arm::holdout);
    CHECK(arm_question("group") == ArmQuestion::none);
    CHECK(parse_arm("control", arm_question("is_holdout")) == Arm::holdout);
}

TEST_CASE("tags are found as whole words between blanks or commas") {
    CHECK(has_tag("billing closed_by_merge vip", "closed_by_merge"));
    CHECK(has_tag("billing,closed_by_merge", "closed_by_merge"));
    CHECK_FALSE(has_tag("not_closed_by_merge", "closed_by_merge"));
    CHECK_FALSE(has_tag("", "closed_by_merge"));
}

TEST_CASE("events of a message log are understood as SendGrid and others spell them") {
    CHECK(parse_message_event("processed") == MessageEvent::sent);
    CHECK(parse_message_event("Delivered") == MessageEvent::delivered);
    CHECK(parse_message_event("spam report") == MessageEvent::unsubscribed);
    CHECK(parse_message_event("dropped") == MessageEvent::bounced);
    CHECK(parse_message_event("deferred") == MessageEvent::other);
    CHECK_FALSE(parse_message_event("frobnicated").has_value());
}

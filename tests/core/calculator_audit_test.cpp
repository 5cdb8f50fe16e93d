// Calculator::audit: the episodes behind a number, with the rows of the files and a reason for each.
#include "session.hpp"

#include <algorithm>
#include <set>

using namespace preempt;

namespace {

const char* const kOutreaches = R"(outreach_id,customer_id,sent_at,outreach_type,trigger,topic
o1,ann,2026-03-01T10:00:00Z,signal,limit,usage
o2,ann,2026-03-03T10:00:00Z,signal,limit,usage
o3,bob,2026-03-02T09:00:00Z,signal,issue,issue
o4,cy,2026-03-02T09:00:00Z,signal,issue,issue
o5,dan,2026-03-28T12:00:00Z,signal,limit,usage
o6,eve,2026-03-05T12:00:00Z,segment,limit,usage
o7,fay,2026-03-05T12:00:00Z,broadcast,,news
)";

const char* const kContacts =
    R"(contact_id,customer_id,created_at,closed_at,status,direction,topic,in_reply_to
c1,ann,2026-03-04T09:30:00Z,,closed,inbound,usage,o2
c2,bob,2026-02-27T09:00:00Z,,closed,inbound,issue,
c3,bob,2026-03-04T09:00:00Z,,closed,inbound,issue,
c4,cy,2026-02-01T08:00:00Z,2026-03-04T10:00:00Z,closed,inbound,issue,
c5,eve,2026-03-20T15:00:00Z,,closed,inbound,other,
=c6,zoe,2026-03-11T09:00:00Z,,closed,inbound,usage,
)";

Calculator small() {
    Calculator calculator;
    REQUIRE(test::add(calculator, "sent.csv", kOutreaches).state == "read");
    REQUIRE(test::add(calculator, "tickets.csv", kContacts).state == "read");
    return calculator;
}

report::AuditRequest whole_march() {
    report::AuditRequest request;
    request.question.coverage_end = "2026-03-31";
    return request;
}

report::AuditPage page(Calculator& calculator, const report::AuditRequest& request) {
    auto result = calculator.audit(request);
    INFO(result.status().message);
    REQUIRE(result.ok());
    return result.value();
}

const report::AuditEpisode& of(const report::AuditPage& page, const std::string& unit) {
    for (const auto& row : page.rows)
        if (row.unit == unit) return row;
    FAIL("nobody is called " << unit);
    return page.rows.front();
}

Calculator complete() {
    Calculator calculator;
    for (const char* name :
         {"outreaches.csv", "contacts.csv", "customers.csv", "exposure.csv", "signals.csv", "surveys.csv",
          "selfservice.csv", "articles.csv", "owners.csv", "periods.csv", "changes.csv"})
        REQUIRE(test::add(calculator, name, test::read_data(std::string("complete/") + name)).state ==
                "read");
    return calculator;
}

std::int64_t total(Calculator& calculator, report::AuditRequest request, const char* population,
                   const char* arm, const char* outcome, std::vector<report::AuditCondition> where = {}) {
    request.population = population;
    request.arm = arm;
    request.outcome = outcome;
    request.where = std::move(where);
    request.limit = 0;
    return page(calculator, request).total;
}

} // namespace

TEST_CASE("each episode says from which rows it comes, what it came to and why") {
    auto calculator = small();
    const auto all = page(calculator, whole_march());
    CHECK(all.population == "messages");
    CHECK(all.total == 5);
    REQUIRE(all.rows.size() == 5);
    CHECK(std::is_sorted(all.rows.begin(), all.rows.end(),
                         [](const auto& a, const auto& b) { return a.start < b.start; }));

    const auto& ann = of(all, "ann");
    CHECK(ann.state == "contacted");
    CHECK(ann.dose == 2);
    CHECK(ann.trigger == "limit");
    REQUIRE(ann.sources.size() == 2);
    CHECK(ann.sources[0].id == "o1");
    CHECK(ann.sources[0].line == 2);
    CHECK(ann.sources[1].id == "o2");
    CHECK(ann.sources[1].file == "sent.csv");
    REQUIRE(ann.seen.size() == 1);
    CHECK(ann.seen[0].counted);
    CHECK(ann.seen[0].reason == "answers_message");
    CHECK(ann.seen[0].id == "c1");
    CHECK(ann.seen[0].line == 2);
    CHECK(ann.seen[0].delay_minutes == 3 * 1440 - 30);
    CHECK(ann.induced);

    const auto& bob = of(all, "bob");
    CHECK(bob.state == "reactive");
    CHECK(bob.reason == "recent_contact");
    REQUIRE(bob.seen.size() == 2);
    CHECK(bob.seen[0].reason == "shortly_before");
    CHECK(bob.seen[0].delay_minutes == -3 * 1440);
    CHECK(bob.seen[1].reason == "in_window");
    CHECK_FALSE(bob.seen[1].counted); // the episode is not counted

    CHECK(of(all, "cy").reason == "open_ticket");
    CHECK(of(all, "cy").seen[0].reason == "open_at_start");
    CHECK(of(all, "dan").state == "pending");
    CHECK(of(all, "eve").state == "silent");
    CHECK(of(all, "eve").seen[0].reason == "after_window");
    for (const auto& row : all.rows)
        CHECK_FALSE(row.words.empty());
}

TEST_CASE("times are told in the zone of the display too") {
    auto calculator = small();
    test::add_new_york(calculator);
    auto request = whole_march();
    request.question.zone = "America/New_York";
    const auto march = page(calculator, request);
    const auto& ann = of(march, "ann");
    CHECK(ann.start == "2026-03-01T10:00:00Z");
    CHECK(ann.start_local == "2026-03-01T05:00:00");
}

TEST_CASE("an outcome, a search and a page narrow the list; the outcomes are those before") {
    auto calculator = small();
    auto request = whole_march();
    request.outcome = "counted";
    const auto counted = page(calculator, request);
    CHECK(counted.total == 2);
    CHECK(test::count(counted.outcomes, "reactive") == 2);
    CHECK(test::count(counted.outcomes, "pending") == 1);
    CHECK(test::count(counted.outcomes, "silent") == 1);

    request.outcome = "";
    request.search = " BO ";
    const auto found = page(calculator, request);
    REQUIRE(found.total == 1);
    CHECK(found.rows[0].unit == "bob");
    request.search = "c4"; // the ticket's own id finds its customer
    CHECK(page(calculator, request).rows.at(0).unit == "cy");
    request.search = "nobody";
    CHECK(page(calculator, request).total == 0);

    request.search = "";
    std::set<std::string> seen;
    for (request.offset = 0; request.offset < 8; request.offset += 2) {
        request.limit = 2;
        for (const auto& row : page(calculator, request).rows)
            seen.insert(row.unit);
    }
    CHECK(seen.size() == 5);
}

TEST_CASE("the list as CSV holds a record for each contact, without formulas") {
    auto calculator = small();
    auto request = whole_march();
    const auto text = calculator.audit_csv(request);
    REQUIRE(text.ok());
    CHECK(std::count(text.value().begin(), text.value().end(), '\n') == 1 + 6);
    CHECK(text.value().find("ann,treated,limit,signal,,2026-03-01T10:00:00Z") != std::string::npos);
    CHECK(text.value().find("sent.csv:2; sent.csv:3") != std::string::npos);

    Calculator formulas;
    test::add(formulas, "sent.csv", "outreach_id,customer_id,sent_at\no1,=1+2,2026-03-01T10:00:00Z\n");
    test::add(formulas, "tickets.csv",
              "contact_id,customer_id,created_at,direction\n=c1,=1+2,2026-03-02T10:00:00Z,inbound\n");
    const auto safe = formulas.audit_csv(whole_march());
    REQUIRE(safe.ok());
    CHECK(safe.value().find("'=1+2,") != std::string::npos);
    CHECK(safe.value().find("'=c1,") != std::string::npos);
    CHECK(safe.value().find(",=") == std::string::npos);
}

TEST_CASE("what cannot be listed is refused in words") {
    auto calculator = small();
    const auto message = [&](const report::AuditRequest& request) {
        auto result = calculator.audit(request);
        REQUIRE_FALSE(result.ok());
        return result.status().message;
    };
    auto request = whole_march();
    request.population = "customers";
    CHECK(message(request) == "There are no episodes called \"customers\".");
    request = whole_march();
    request.where = {{"breakdown", "pro"}};
    CHECK(message(request) == "There is no \"pro\" among the breakdown groups of this evaluation.");
    request.where = {{"colour", "red"}};
    CHECK(message(request) == "These episodes cannot be listed by \"colour\".");
    request = whole_march();
    request.outcome = "happy";
    CHECK(message(request) == "There is no outcome \"happy\".");
    request = whole_march();
    request.metric = "M16";
    CHECK(message(request) == "\"M16\" does not count episodes.");
    request = whole_march();
    request.arm = "left";
    CHECK(message(request) == "An arm is treated or holdout, not \"left\".");
    Calculator empty;
    CHECK_FALSE(empty.audit({}).ok());
}

TEST_CASE("with all tables: metrics, arms, groups and periods count what their lists hold") {
    auto calculator = complete();
    report::AuditRequest request;
    request.question.coverage_end = "2026-04-30";
    request.question.breakdown = "plan";
    const auto evaluated = calculator.evaluate(request.question);
    REQUIRE(evaluated.ok());
    const auto& r = evaluated.value();

    std::size_t metrics = 0;
    for (const char* id : {"M04", "M08", "M11", "M20"}) {
        const auto& metric = test::metric(r, id);
        if (!metric.missing.empty()) continue;
        INFO(id);
        auto of_metric = request;
        of_metric.metric = id;
        of_metric.outcome = "numerator";
        CHECK(page(calculator, of_metric).total == metric.numerator);
        of_metric.outcome = "counted";
        CHECK(page(calculator, of_metric).total == metric.denominator);
        ++metrics;
    }
    CHECK(metrics >= 3);

    const auto check_arm = [&](const char* population, const char* name, const metrics::Arm& arm) {
        INFO(population << " " << name);
        CHECK(total(calculator, request, population, name, "counted") == arm.episodes);
        CHECK(total(calculator, request, population, name, "contacted") == arm.contacted);
        CHECK(total(calculator, request, population, name, "reactive") == arm.reactive);
        CHECK(total(calculator, request, population, name, "pending") == arm.pending);
        CHECK(total(calculator, request, population, name, "censored") == arm.censored);
    };
    REQUIRE(r.holdout.available);
    check_arm("holdout", "holdout", r.holdout.baseline);
    check_arm("holdout", "treated", r.holdout.treated);
    for (const auto& source : r.matching.sources) {
        if (!source.available) continue;
        check_arm(source.id.c_str(), "holdout", source.baseline);
        check_arm(source.id.c_str(), "treated", source.treated);
    }
    for (const auto& metric : r.metrics) {
        auto of_metric = request;
        of_metric.metric = metric.id;
        INFO(metric.id);
        CHECK(calculator.audit(of_metric).ok() == metric.has_episodes);
    }
    for (const auto& source : r.matching.sources) {
        INFO(source.id);
        const auto& before = source.placebo;
        CHECK(total(calculator, request, source.id.c_str(), "holdout", "earlier") ==
              before.baseline_contacted);
        CHECK(total(calculator, request, source.id.c_str(), "treated", "earlier") ==
              before.treated_contacted);
    }
    if (r.matched.basis == "signals_not_acted_on")
        for (const auto& stratum : r.matched.strata)
            CHECK(total(calculator, request, "matched", "treated", "counted", {{"stratum", stratum.label}}) ==
                  stratum.treated_episodes);
    CHECK(total(calculator, request, "holdout", "holdout", "earlier") ==
          r.holdout.placebo.baseline_contacted);
    CHECK(total(calculator, request, "holdout", "treated", "earlier") == r.holdout.placebo.treated_contacted);
    for (const auto& stratum : r.holdout.strata)
        CHECK(total(calculator, request, "assignments", "holdout", "counted", {{"stratum", stratum.label}}) ==
              stratum.holdout_episodes);

    REQUIRE_FALSE(r.breakdown.rows.empty());
    for (const auto& row : r.breakdown.rows) {
        INFO(row.label);
        CHECK(total(calculator, request, "messages", "", "counted", {{"breakdown", row.label}}) ==
              row.episodes);
        CHECK(total(calculator, request, "messages", "", "contacted", {{"breakdown", row.label}}) ==
              row.contacted);
    }
    for (const auto& [by, points] :
         {std::pair("week", &r.series.week), std::pair("month", &r.series.month),
          std::pair("quarter", &r.series.quarter), std::pair("year", &r.series.year)})
        for (const auto& point : *points) {
            INFO(by << " " << point.start);
            const std::vector<report::AuditCondition> where{{by, point.start}};
            CHECK(total(calculator, request, "messages", "", "counted", where) == point.episodes);
            CHECK(total(calculator, request, "messages", "", "pending", where) == point.pending);
            CHECK(total(calculator, request, "assignments", "treated", "contacted", where) ==
                  point.treated_contacted);
            CHECK(total(calculator, request, "assignments", "holdout", "counted", where) ==
                  point.holdout_episodes);
        }
}

TEST_CASE("a list asked for again knows of files, questions and zones that have changed since") {
    auto calculator = small();
    auto request = whole_march();
    CHECK(page(calculator, request).total == 5);
    test::add(calculator, "more.csv", "outreach_id,customer_id,sent_at\no9,gus,2026-03-09T10:00:00Z\n");
    CHECK(page(calculator, request).total == 6);
    request.question.window_days = 1;
    const auto shorter = page(calculator, request);
    CHECK(shorter.total == 7); // ann's second message begins an episode of its own
    CHECK(shorter.window_days == 1);
    auto other = whole_march();
    other.question.unit = "person";
    REQUIRE(calculator.evaluate(other.question).ok()); // another history in between
    request.offset = 5;
    CHECK(page(calculator, request).rows.size() == 2);
}

TEST_CASE("the order of the files changes no row of the list") {
    const auto listed = [](bool turned) {
        Calculator calculator;
        if (turned) test::add(calculator, "tickets.csv", kContacts);
        test::add(calculator, "sent.csv", kOutreaches);
        if (!turned) test::add(calculator, "tickets.csv", kContacts);
        auto text = calculator.audit_csv(whole_march());
        REQUIRE(text.ok());
        return text.value();
    };
    CHECK(listed(false) == listed(true));
}

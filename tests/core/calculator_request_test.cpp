// What may be asked of an evaluation, and what is said of a request that cannot be answered.
#include "core/report/json.hpp"
#include "core/request.hpp"
#include "session.hpp"

using namespace preempt;

namespace {

const std::map<std::string, Zone> kZones{{"UTC", Zone::utc()}};

std::string refusal(const report::EvaluateRequest& request) {
    const auto asked = read_request(request, kZones);
    return asked.ok() ? "" : asked.status().message;
}

} // namespace

TEST_CASE("filters, days and money of a request reach the question and the settings") {
    report::EvaluateRequest request;
    const auto document = boost::json::parse(
        R"({"window_days":3,"breakdown":"segment","second_breakdown":"plan","from":"2026-03-01","to":"2026-03-31",)"
        R"("filters":[{"attribute":"trigger","values":["a",""],"exclude":true}],"lookback_days":14,)"
        R"("cost_per_contact":8.5,"planned_units":400,"snapshots":2,"at_risk_below":50})");
    REQUIRE(report::from_json(document, request).empty());
    const auto asked = read_request(request, kZones);
    REQUIRE(asked.ok());
    const auto& question = asked.value().question;
    CHECK(question.window == 3 * kMillisecondsPerDay);
    CHECK(question.breakdown == history::attribute_index("segment"));
    CHECK(question.second_breakdown == history::attribute_index("plan"));
    REQUIRE(question.filters.size() == 1);
    CHECK(question.filters[0].attribute == history::attribute_index("trigger"));
    CHECK(question.filters[0].values == std::vector<std::string>{"a", ""});
    CHECK(question.filters[0].exclude);
    CHECK(iso_utc(question.from) == "2026-03-01T00:00:00Z");
    CHECK(iso_utc(question.to) == "2026-04-01T00:00:00Z"); // the whole of the last day
    CHECK(question.lookback == 14 * kMillisecondsPerDay);
    CHECK(question.at_risk_below == 50.0);
    const auto& settings = asked.value().settings;
    CHECK(settings.plan.cost_per_contact == 8.5);
    CHECK(settings.plan.planned_units == 400.0);
    CHECK(settings.plan.snapshots == 2);
    CHECK(settings.to == "2026-04-01T00:00:00Z");
    CHECK(settings.filters.size() == 1);
}

TEST_CASE("a request that cannot be answered is refused with what to write instead") {
    const auto with = [](auto change) {
        report::EvaluateRequest request;
        change(request);
        return refusal(request);
    };
    using Request = report::EvaluateRequest;
    CHECK(with([](Request&) {}).empty());
    CHECK(with([](Request& r) {
              r.filters = {{"shoe size", {"42"}, false}};
          }) == "Nothing can be filtered by \"shoe size\".");
    CHECK(with([](Request& r) {
              r.filters = {{"segment", {}, false}};
          }) == "The filter on segment names no value. Choose at least one, or remove the filter.");
    CHECK(with([](Request& r) { r.filters = {{"segment", {}, true}}; }).empty()); // leaves nothing out
    CHECK(with([](Request& r) { r.from = "yesterday"; }) ==
          "\"yesterday\" is no date. Write it as 2026-03-31.");
    CHECK(with([](Request& r) {
              r.from = "2026-03-02";
              r.to = "2026-03-01";
          }) == "The first day must not lie after the last one.");
    CHECK(with([](Request& r) { r.from = r.to = "2026-03-01"; }).empty()); // one day
    CHECK(with([](Request& r) { r.second_breakdown = "plan"; }) == "A second breakdown needs a first one.");
    CHECK(with([](Request& r) { r.lookback_days = 91; }) ==
          "The time for which a signal counts must be longer than 0 and at most 90 days.");
    CHECK(with([](Request& r) { r.repeat_days = 0; }) ==
          "The time for a repeat contact must be longer than 0 and at most 90 days.");
    CHECK(with([](Request& r) { r.cost_per_contact = -1; }) ==
          "The cost of a contact must be a number, 0 or more.");
    CHECK(with([](Request& r) { r.planned_units = 0; }) ==
          "The planned number of customers must be 1 or more.");
    CHECK(with([](Request& r) { r.snapshots = 0; }) == "The number of exports looked at must be 1 or more.");
    report::TypedRequest typed;
    typed.treated = 10;
    typed.treated_contacted = 1;
    typed.minutes_per_contact = -5;
    CHECK(Calculator::evaluate_typed(typed).status().message ==
          "The minutes for a contact must be a number, 0 or more.");
}

TEST_CASE("a member of the wrong type inside a list of the request is named") {
    report::EvaluateRequest request;
    const auto document = boost::json::parse(R"({"filters":[{"attribute":"segment","values":["a",3]}]})");
    CHECK(report::from_json(document, request) == "filters[0].values[1] must be text");
}

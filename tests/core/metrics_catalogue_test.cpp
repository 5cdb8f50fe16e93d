// The catalogue's table: complete, in order, and answering every item of the published descriptions
// (tests/data/catalogue).
#include "core/metrics/catalogue.hpp"
#include "core/metrics/money.hpp"
#include "session.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace preempt;

namespace {

struct Item {
    std::string kind;
    std::vector<std::string> metrics;
};

std::map<std::string, Item> source_items() {
    std::map<std::string, Item> items;
    std::istringstream lines(test::read_data("catalogue/source_items.csv"));
    std::string line;
    std::getline(lines, line);
    REQUIRE(line == "id,kind,metrics");
    while (std::getline(lines, line)) {
        const auto first = line.find(','), second = line.find(',', first + 1);
        items[line.substr(0, first)] = {line.substr(first + 1, second - first - 1),
                                        metrics::words_of(line.substr(second + 1))};
    }
    return items;
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
    return std::find(all.begin(), all.end(), one) != all.end();
}

} // namespace

TEST_CASE("the catalogue has M01 to M36, in order, each once, and M03 once more as KPI Tree counts it") {
    std::vector<std::string> expected;
    for (int n = 1; n <= 36; ++n) {
        expected.push_back((n < 10 ? "M0" : "M") + std::to_string(n));
        if (n == 3) expected.emplace_back("M03P");
    }
    std::vector<std::string> ids;
    for (const auto& text : metrics::catalogue())
        ids.emplace_back(text.id);
    CHECK(ids == expected);
}

TEST_CASE(
    "every row says what it is, how it is made, by which interval, of which class and from which items") {
    const std::set<std::string> units{"share", "points", "ratio", "count", "number", "minutes", "money"};
    const std::set<std::string> branches{"", "detection", "targeting", "message", "measurement"};
    const std::set<std::string> files{"outreaches", "contacts", "customers", "exposure",   "signals",
                                      "engagement", "surveys",  "periods",   "selfservice"};
    for (const auto& text : metrics::catalogue()) {
        INFO(text.id);
        for (const std::string said : {text.name, text.definition, text.formula, text.interval, text.sources})
            CHECK_FALSE(said.empty());
        CHECK(units.count(text.unit) == 1);
        CHECK(branches.count(text.branch) == 1);
        CHECK((text.indicator == std::string("leading") || text.indicator == std::string("lagging")));
        CHECK((text.side == std::string("input") || text.side == std::string("outcome")));
        // The branches of the tree are inputs, what they lead to is not one of them (A15).
        if (*text.branch != 0 && text.id != std::string("M12") && text.id != std::string("M13"))
            CHECK(text.side == std::string("input"));
        for (const auto& file : metrics::words_of(text.needs))
            CHECK(files.count(file) == 1);
        if (text.id != std::string("M03P")) CHECK_FALSE(std::string(text.needs).empty());
    }
}

TEST_CASE(
    "every item that defines, counts or names a metric is answered by a row, and every row's items exist") {
    const auto items = source_items();
    CHECK(items.size() == 169);
    std::map<std::string, std::vector<std::string>> cited;
    for (const auto& text : metrics::catalogue()) {
        cited[text.id] = metrics::words_of(text.sources);
        for (const auto& source : cited[text.id]) {
            INFO(text.id << " cites " << source);
            CHECK(items.count(source) == 1);
        }
    }
    const std::set<std::string> answered{"definition", "formula", "datapoint", "related",
                                         "leading",    "lagging", "class"};
    for (const auto& [id, item] : items) {
        INFO(id << ", " << item.kind);
        if (answered.count(item.kind) == 1) CHECK_FALSE(item.metrics.empty());
        for (const auto& metric : item.metrics) {
            INFO(metric);
            CHECK(contains(cited[metric], id));
        }
    }
}

TEST_CASE("help can be shown before any file is loaded: the vocabulary holds the catalogue and the costs") {
    const auto vocabulary = Calculator::vocabulary();
    REQUIRE(vocabulary.metrics.size() == metrics::catalogue().size());
    const auto& m04 = vocabulary.metrics[4];
    CHECK(m04.id == "M04");
    CHECK(m04.rung == 3);
    CHECK(contains(m04.sources, "S1-03"));
    CHECK(contains(m04.needs, "contacts"));
    REQUIRE(vocabulary.costs.size() == metrics::cost_presets().size());
    for (const auto& cost : vocabulary.costs) {
        INFO(cost.id);
        CHECK(cost.cost > 0);
        CHECK_FALSE(cost.source.empty()); // none without its provenance
        CHECK((cost.grade == "B" || cost.grade == "C" || cost.grade == "D"));
    }
}

TEST_CASE("a metric without a value says what is missing and which files would give it") {
    report::TypedRequest request;
    request.claimed_attempts = 10;
    request.claimed_successes = 9;
    const auto typed = Calculator::evaluate_typed(request).value();
    for (const auto& m : typed.metrics) {
        INFO(m.id);
        CHECK(m.estimate.value.has_value() == m.missing.empty());
        CHECK((m.estimate.value.has_value() || m.id == "M03P" || !m.needs.empty()));
        CHECK((m.id == "M03" || m.missing == "not_typed"));
    }
    Calculator calculator;
    test::add(calculator, "contacts.csv",
              "contact_id,customer_id,created_at\nc1,a,2026-03-01T10:00:00Z\nc2,b,2026-03-02T10:00:00Z\n");
    test::add(calculator, "outreaches.csv", "outreach_id,customer_id,sent_at\no1,a,2026-02-01T10:00:00Z\n");
    report::EvaluateRequest evaluate;
    evaluate.coverage_end = "2026-03-31";
    const auto report = calculator.evaluate(evaluate).value();
    for (const auto& m : report.metrics) {
        INFO(m.id << " " << m.missing);
        CHECK(m.estimate.value.has_value() == m.missing.empty());
        CHECK((m.estimate.value.has_value() || !m.needs.empty()));
    }
    CHECK(test::metric(report, "M13").missing == "no_views");
    CHECK(test::metric(report, "M18").missing == "no_holdout");
    CHECK(test::metric(report, "M19").missing == "no_signals");
}

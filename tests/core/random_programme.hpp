// A small random programme with every awkward edge in it (ties, window ends, both arms, day precision,
// replies, topics, reopened, open and churned, several experiments), as rows of files; and the road from rows
// to evidence.
#pragma once

#include "core/evidence/evidence.hpp"
#include "core/history/history.hpp"
#include "intake_helpers.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace random_programme {

using namespace preempt;

/// Our own generator: the standard distributions differ between libraries.
class Dice {
  public:
    explicit Dice(std::uint64_t seed) : state_(seed * 0x9E37'79B9'7F4A'7C15ULL + 1) {}
    std::uint64_t next() {
        state_ += 0x9E37'79B9'7F4A'7C15ULL;
        auto z = state_;
        z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EBULL;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t n) { return static_cast<std::size_t>(next() % n); }
    bool chance(double p) { return static_cast<double>(next() >> 11) * 0x1.0p-53 < p; }
    std::string pick(const std::vector<std::string>& of) { return of[below(of.size())]; }
    void shuffle(std::vector<std::string>& rows) {
        for (std::size_t i = rows.size(); i > 1; --i)
            std::swap(rows[i - 1], rows[below(i)]);
    }

  private:
    std::uint64_t state_;
};

struct File {
    std::string header;
    std::vector<std::string> rows;
    std::string text() const {
        std::string all = header + "\n";
        for (const auto& row : rows)
            all += row + "\n";
        return all;
    }
};

struct Files {
    File outreaches, contacts, customers, exposure, signals;
    std::vector<File*> all() { return {&outreaches, &contacts, &customers, &exposure, &signals}; }
};

struct Options {
    std::size_t people = 60;
    bool day_precision = false;
    bool exposure = true;
    bool signals = true;
};

inline std::string moment(Dice& dice, bool day_only) {
    // Few distinct moments, so that ties and exact window ends are common.
    const auto at = static_cast<Instant>(1'772'323'200'000) +
                    static_cast<Instant>(dice.below(60)) * kMillisecondsPerDay +
                    static_cast<Instant>(dice.below(3)) * 12'600'000;
    const auto text = iso_utc(at);
    return day_only ? text.substr(0, 10) : text;
}

inline Files make(std::uint64_t seed, const Options& options) {
    Dice dice(seed);
    const auto who = [&] { return "p" + std::to_string(dice.below(options.people)); };
    const std::vector<std::string> topics{"", "billing", "login", "usage"},
        triggers{"", "limit", "issue", "renewal"}, segments{"smb", "mid", "ent"};
    Files files;
    files.outreaches.header =
        "outreach_id,customer_id,sent_at,outreach_type,trigger,topic,channel,content_id,variant,"
        "outcome,replied_at,bounced_at,conversation_id";
    for (std::size_t i = 0; i < options.people * 3; ++i) {
        const auto at = moment(dice, options.day_precision && dice.chance(0.2));
        files.outreaches.rows.push_back(
            "o" + std::to_string(i) + "," + who() + "," + at + "," +
            dice.pick({"signal", "signal", "segment", "lifecycle", "broadcast", ""}) + "," +
            dice.pick(triggers) + "," + dice.pick(topics) + "," + dice.pick({"email", "in_app"}) + "," +
            dice.pick({"c1", "c2", ""}) + "," + dice.pick({"a", "b", ""}) + "," +
            dice.pick({"", "", "positive", "resolved", "negative"}) + "," +
            (dice.chance(0.2) ? moment(dice, false) : "") + "," +
            (dice.chance(0.1) ? moment(dice, false) : "") + "," +
            (dice.chance(0.3) ? "conv" + std::to_string(i) : ""));
    }
    files.contacts.header =
        "contact_id,customer_id,created_at,closed_at,status,direction,topic,in_reply_to,escalated";
    for (std::size_t i = 0; i < options.people * 2; ++i)
        files.contacts.rows.push_back(
            "t" + std::to_string(i) + "," + (dice.chance(0.05) ? "stranger" + std::to_string(i) : who()) +
            "," + moment(dice, options.day_precision && dice.chance(0.2)) + "," +
            (dice.chance(0.4) ? moment(dice, false) : "") + "," +
            dice.pick({"open", "closed", "closed", ""}) + "," +
            dice.pick({"inbound", "inbound", "inbound", "outbound"}) + "," + dice.pick(topics) + "," +
            (dice.chance(0.15)  ? "o" + std::to_string(dice.below(options.people * 3))
             : dice.chance(0.1) ? "conv" + std::to_string(dice.below(options.people * 3))
                                : "") +
            "," + dice.pick({"", "", "yes"}));
    files.customers.header = "customer_id,segment,plan,health_score,churned_at";
    for (std::size_t p = 0; p < options.people; ++p)
        if (dice.chance(0.9))
            files.customers.rows.push_back(
                "p" + std::to_string(p) + "," + dice.pick(segments) + "," + dice.pick({"free", "pro"}) + "," +
                std::to_string(dice.below(100)) + "," + (dice.chance(0.1) ? moment(dice, false) : ""));
    files.exposure.header = "customer_id,assigned_at,arm,experiment_id,trigger";
    if (options.exposure)
        for (std::size_t i = 0; i < options.people * 2; ++i) {
            const auto p = dice.below(options.people);
            const bool astray = dice.chance(0.03);
            files.exposure.rows.push_back("p" + std::to_string(p) + "," +
                                          moment(dice, options.day_precision && dice.chance(0.2)) + "," +
                                          ((p % 3 == 0) != astray ? "holdout" : "treated") + "," +
                                          dice.pick({"e1", "e1", "e2"}) + "," + dice.pick(triggers));
        }
    files.signals.header = "signal_id,customer_id,fired_at,signal_type,topic,severity";
    if (options.signals)
        for (std::size_t i = 0; i < options.people * 2; ++i)
            files.signals.rows.push_back("s" + std::to_string(i) + "," + who() + "," + moment(dice, false) +
                                         "," + dice.pick({"limit", "issue", "renewal"}) + "," +
                                         dice.pick(topics) + "," + dice.pick({"low", "high"}));
    return files;
}

/// The history of the files that have rows.
inline history::History history_of(Files& files, const Zone& zone, Instant coverage_end = kNoInstant) {
    static const std::map<std::string, Zone> kNoZones;
    std::vector<intake::FileTable> tables;
    int number = 0;
    for (auto* file : files.all()) {
        if (file->rows.empty()) continue;
        tables.push_back(intake_test::table_of(file->text()));
        tables.back().name = std::to_string(++number) + ".csv";
    }
    history::Options options;
    options.zone = &zone;
    options.zones = &kNoZones;
    options.coverage_end = coverage_end;
    auto built = history::build_history(tables, options);
    INFO(built.status().message);
    REQUIRE(built.ok());
    return std::move(built.value());
}

} // namespace random_programme

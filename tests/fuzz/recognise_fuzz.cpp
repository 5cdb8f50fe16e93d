// Fuzz target for the whole way of a file through a session: recognised, mapped, read, evaluated beside two
// small files that are in order, its set-aside rows written. In: any bytes. It fails when other pieces of the
// same bytes give other rows, or when rows read are not rows used plus rows set aside.
#include "core/calculator.hpp"
#include "core/report/json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace preempt;

namespace {

constexpr std::string_view kOutreaches = "outreach_id,email,sent_at,arm\n"
                                         "1,a@example.com,2026-03-01T10:00:00Z,treated\n"
                                         "2,b@example.com,2026-03-01T10:00:00Z,holdout\n"
                                         "3,user003@acct03.example.com,2026-03-02T15:03:00Z,treated\n";
constexpr std::string_view kContacts = "contact_id,email,created_at\n1,a@example.com,2026-03-02T10:00:00Z\n"
                                       "2,c@example.com,2026-04-20T10:00:00Z\n";

void require(bool condition) {
    if (!condition) std::abort();
}

/// Two bytes of choices say how a person answers.
report::MappingRequest answer_of(unsigned choice, const report::FileInfo& info) {
    report::MappingRequest answer;
    constexpr const char* kKinds[] = {"",        "outreaches", "contacts", "customers",    "exposure",
                                      "signals", "engagement", "surveys",  "self_service", "owners",
                                      "periods", "changes"};
    constexpr const char* kOrders[] = {"", "day_first", "month_first", "year_first"};
    answer.kind = kKinds[choice % 12];
    answer.date_order = kOrders[choice / 8 % 4];
    if ((choice & 32) != 0) answer.accept_serials = (choice & 64) != 0;
    if ((choice & 128) != 0) answer.zone = "UTC";
    if ((choice & 256) != 0) answer.score_scale = "one_to_five";
    if ((choice & 512) != 0) answer.encoding = "windows-1252";
    if ((choice & 1024) != 0) answer.delimiter = ";";
    if ((choice & 2048) != 0) answer.header_rows = static_cast<std::int32_t>(choice % 3);
    if ((choice & 4096) != 0) { // roles in the order of the vocabulary, whatever the columns hold
        for (const auto& kind : Calculator::vocabulary().kinds) {
            if (kind.kind != (answer.kind.empty() ? "contacts" : answer.kind)) continue;
            for (std::size_t c = 0; c < info.columns.size(); ++c)
                answer.roles.push_back(c < kind.roles.size() ? kind.roles[c].role : "");
        }
    }
    return answer;
}

void add(Calculator& calculator, const char* name, std::string_view text) {
    const auto id = calculator.open(name);
    require(calculator.recognise(id, text, true, {}).ok());
    require(calculator.append(id, text).ok());
    require(calculator.close(id).value().state == "read");
}

/// Everything that the session says about the file, as JSON.
std::string session(std::string_view bytes, unsigned choice, std::size_t piece) {
    Calculator calculator;
    add(calculator, "a.csv", kOutreaches);
    add(calculator, "b.csv", kContacts);
    const auto id = calculator.open("file.csv");
    const bool cut = (choice & 8192) != 0 && bytes.size() > 1;
    const std::string_view head = bytes.substr(0, cut ? bytes.size() / 2 : bytes.size());
    auto info = calculator.recognise(id, head, !cut, {}).value();
    if ((choice & 0xFFFF) != 0) info = calculator.recognise(id, head, !cut, answer_of(choice, info)).value();
    require(info.state == "reading" || !info.message.empty());
    if (info.state == "reading") {
        for (std::size_t at = 0; at < bytes.size(); at += piece) {
            const std::string exact(bytes.substr(at, piece));
            require(calculator.append(id, exact).ok());
        }
        info = calculator.close(id).value();
        require(info.state == "read" || !info.message.empty());
        require(info.rows_set_aside <= info.rows_read);
    }
    std::string all = report::to_json(info);
    report::EvaluateRequest request;
    request.unit = (choice & 1) != 0 ? "account" : "auto";
    request.breakdown = (choice & 2) != 0 ? "segment" : "";
    auto result = calculator.evaluate(request);
    if (!result.ok()) {
        require(!result.status().message.empty());
        return all + result.status().message;
    }
    for (const auto& file : result.value().files) {
        std::int64_t aside = 0;
        for (const auto& reason : file.set_aside)
            aside += reason.count;
        require(file.rows_read == file.used + aside);
    }
    all += report::to_json(result.value());
    if (info.state == "read") {
        require(calculator.begin_set_aside(id).ok());
        for (std::size_t at = 0; at < bytes.size(); at += piece)
            require(calculator.append_set_aside(id, bytes.substr(at, piece)).ok());
        auto text = calculator.take_set_aside(id);
        require(text.ok());
        all += text.value();
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3) return 0;
    // The last three bytes choose the pieces and the answers, the rest is the file: so a sample file is a
    // seed as it is.
    const std::size_t piece =
        (1 + data[size - 1] % 61) * (1 + size / 2048); // not thousands of calls for one file
    const unsigned choice = data[size - 2] + 256U * data[size - 3];
    const std::string_view bytes(reinterpret_cast<const char*>(data), size - 3);
    require(session(bytes, choice, bytes.size() + 1) == session(bytes, choice, piece));
    return 0;
}

// Reading in two halves, as two threads or two workers do it, gives what reading in one go gives: for every
// cut of the file, for files that are damaged, and for the way of a block from one worker to the other.
#include "catch.hpp"
#include "core/intake/block.hpp"
#include "core/intake/intake.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace preempt;
using namespace preempt::intake;

namespace {

struct Random {
    std::uint64_t state;
    std::size_t below(std::size_t n) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return static_cast<std::size_t>(state >> 33) % n;
    }
    bool once_in(std::size_t n) { return below(n) == 0; }
    template <std::size_t N>
    std::string one_of(const char* const (&texts)[N]) {
        return texts[below(N)];
    }
};

constexpr const char* kTimes[] = {"2025-03-04T05:06:07Z",
                                  "2025-03-04 05:06:07",
                                  "2025-02-29T00:00:00Z",
                                  "2025-03-04",
                                  "",
                                  "never",
                                  "2025-03-04T05:06Z",
                                  "N/A",
                                  "45720.5"};
constexpr const char* kSubjects[] = {
    "plain", "\"a, b\"", "\"say \"\"hi\"\"\"", "\"two\nlines\"", "\"two\r\nlines\"", "\"\xC3\xA9t\xC3\xA9\"",
    "",      "5\" pipe", "\"broken",           "\"aa\"a",        "\xE9t\xE9",        "\"say \"hi\" now\"",
    "x,y"};

std::string outreaches(Random random, std::size_t rows, std::size_t odd_once_in) {
    const std::string end = random.once_in(3) ? "\r\n" : "\n";
    std::string text = "outreach_id,customer_id,sent_at,outreach_type,trigger,cost,arm,is_test,subject" + end;
    for (std::size_t row = 0; row < rows; ++row) {
        const bool odd = random.once_in(odd_once_in);
        if (odd && random.once_in(4)) text += end;
        const auto id = odd && random.once_in(2) ? random.below(rows + 1) : row;
        text += (odd && random.once_in(6) ? "" : "o" + std::to_string(id)) + ",";
        text += odd && random.once_in(6)   ? ","
                : odd && random.once_in(6) ? "1.03E+13,"
                                           : "Cust_" + std::to_string(random.below(rows)) + ",";
        text +=
            (odd ? random.one_of(kTimes) : "2025-0" + std::to_string(1 + random.below(9)) + "-11T10:00:00Z") +
            ",";
        text += std::string(odd ? "odd type" : "signal") + ",t" + std::to_string(random.below(5)) + ",";
        text += std::string(odd && random.once_in(3) ? "dear" : "1.5") + ",";
        text += std::string(random.once_in(5) ? "holdout" : "treated") + "," + (odd ? "yes" : "no") + ",";
        text += (odd ? random.one_of(kSubjects) : "\"Hello, \"\"you\"\"\nthere\"") + end;
    }
    if (random.once_in(2)) text += "Total," + std::to_string(rows) + end;
    return text;
}

/// All that can be seen of a file that was read.
std::string seen(Result<FileTable> result, const FileReader& reader) {
    std::string out = reader.saw_serials() ? "serials " : "";
    if (const auto other = reader.reread_as()) out += csv::encoding_name(*other);
    if (!result.ok()) return out + " failed: " + result.status().message;
    const FileTable& table = result.value();
    out += " rows " + std::to_string(table.rows) + " bytes " + std::to_string(table.bytes) + "\n";
    for (const auto& warning : table.warnings)
        out += warning + "\n";
    for (const auto& sample : table.set_aside_samples) {
        out += std::to_string(sample.line) + " " + sample.detail;
        for (const auto& cell : sample.cells)
            out += "|" + cell;
        out += "\n";
    }
    for (std::size_t row = 0; row < table.rows; ++row) {
        out += std::to_string(table.line[row]) + " " + std::string(reason_name(table.reason[row]));
        for (const auto& column : table.text)
            if (column)
                out += " " + std::to_string(column->code[row]) + "=" +
                       std::string(column->dictionary.text(column->code[row]));
        for (const auto& column : table.instants)
            if (column)
                out += " " + std::to_string(column->value[row]) + "/" + std::to_string(column->flags[row]);
        for (const auto& column : table.numbers)
            if (column) out += " " + std::to_string(column->value[row]);
        out += "\n";
    }
    return out;
}

struct Source {
    explicit Source(std::string all)
        : text(std::move(all)), recognition(recognise("outreaches.csv", text, true)),
          mapping(proposed_mapping(recognition)) {}
    std::string text;
    Recognition recognition;
    Mapping mapping;
};

std::string read_at_once(const Source& source) {
    FileReader reader("outreaches.csv", source.recognition, source.mapping, source.text.size());
    reader.append(source.text);
    auto table = reader.finish();
    return seen(std::move(table), reader);
}

std::string read_in_blocks(const Source& source, Random random, std::size_t most) {
    BlockReader blocks(source.recognition, source.mapping);
    FileReader reader("outreaches.csv", source.recognition, source.mapping, source.text.size());
    Block made, taken;
    std::string on_the_way;
    const auto hand_over = [&](std::string_view stretch) {
        store_block(made, on_the_way);
        load_block(on_the_way, taken);
        reader.take(taken, [stretch] { return stretch; });
    };
    for (std::string_view rest = source.text; !rest.empty();) {
        const auto stretch = rest.substr(0, 1 + random.below(most));
        rest.remove_prefix(stretch.size());
        blocks.append(stretch, made);
        hand_over(stretch);
    }
    blocks.finish(made);
    hand_over({});
    auto table = reader.finish();
    return seen(std::move(table), reader);
}

} // namespace

TEST_CASE("a file read in blocks is the file read at once, however it is cut and whatever is wrong with it",
          "[intake][property]") {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Random random{seed};
        const std::size_t odd_once_in[] = {2, 7, 40, 100'000};
        const Source source(outreaches(random, 1 + random.below(300), odd_once_in[seed % 4]));
        CAPTURE(seed, source.text);
        REQUIRE(source.recognition.problem.ok());
        const auto expected = read_at_once(source);
        for (const std::size_t most :
             {std::size_t{3}, std::size_t{100}, std::size_t{5000}, source.text.size()})
            REQUIRE(read_in_blocks(source, random, most) == expected);
    }
}

TEST_CASE("a large piece read on two threads gives the same in whatever order the threads run",
          "[intake][property]") {
    const auto backwards = [](std::size_t tasks, void (*task)(void*, std::size_t), void* context) {
        while (tasks-- > 0)
            task(context, tasks);
    };
    for (const std::size_t odd_once_in : {std::size_t{20}, std::size_t{100'000}}) {
        const Source source(outreaches({7}, 120'000, odd_once_in));
        REQUIRE(source.text.size() > std::size_t{9} << 20);
        FileReader reader("outreaches.csv", source.recognition, source.mapping, source.text.size());
        reader.set_parallel({2, backwards});
        const std::string_view all = source.text;
        const std::size_t cut = (std::size_t{8} << 20) + 12'345;
        reader.append(all.substr(0, cut));
        reader.append(all.substr(cut, 1000));
        reader.append(all.substr(cut + 1000));
        auto table = reader.finish();
        const auto result = seen(std::move(table), reader);
        CHECK((result == read_at_once(source)));
    }
}

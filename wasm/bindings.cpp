// The boundary: the calculator's calls for JavaScript. Bytes come in through one reserved buffer, documents
// go in and out as JSON text in one envelope {status, message, value}. No exception crosses; no call per row.
#include "core/calculator.hpp"
#include "core/intake/block.hpp"
#include "core/report/json.hpp"

#include <algorithm>
#include <emscripten/bind.h>
#include <emscripten/val.h>
#include <new>
#include <optional>
#include <string>
#include <vector>

namespace {

using preempt::Result;
using preempt::Status;
using preempt::StatusCode;

const char* code_name(StatusCode code) {
    switch (code) {
    case StatusCode::ok:
        return "ok";
    case StatusCode::bad_input:
        return "bad_input";
    case StatusCode::not_supported:
        return "not_supported";
    case StatusCode::missing:
        return "missing";
    case StatusCode::misuse:
        return "misuse";
    }
    return "misuse";
}

std::string envelope(const Status& status, const std::string& value_json) {
    std::string out = "{\"status\":";
    preempt::report::append_json_string(out, code_name(status.code));
    out += ",\"message\":";
    preempt::report::append_json_string(out, status.message);
    out += ",\"value\":" + value_json + "}";
    return out;
}

template <class T>
std::string envelope(const Result<T>& result) {
    return result.ok() ? envelope(Status::success(), preempt::report::to_json(result.value()))
                       : envelope(result.status(), "null");
}

std::string envelope(const Status& status) {
    return envelope(status, "null");
}

/// Runs a call so that nothing is thrown across the boundary.
template <class Call>
std::string guarded(Call call) {
    try {
        return call();
    } catch (const std::bad_alloc&) {
        return envelope(Status::error(StatusCode::not_supported,
                                      "The files need more memory than the browser gives to a page. "
                                      "Split the export by date, or leave out columns that are not needed."));
    } catch (const std::exception& error) {
        return envelope(
            Status::error(StatusCode::misuse, std::string("The calculator failed: ") + error.what()));
    }
}

/// Reads a request document and calls with it; on a wrong type the envelope says which member.
template <class Request, class Call>
std::string with_request(const std::string& json, Call call) {
    boost::json::error_code error;
    const auto document = boost::json::parse(json, error);
    if (error)
        return envelope(Status::error(StatusCode::misuse, "The request is not JSON: " + error.message()));
    Request request;
    if (const auto problem = preempt::report::from_json(document, request); !problem.empty())
        return envelope(Status::error(StatusCode::bad_input, "In the request, " + problem + "."));
    return envelope(call(request));
}

class Binding {
  public:
    /// Room for `bytes` bytes; valid until the next call. Returns its address in the heap.
    std::uintptr_t reserve(std::size_t bytes) {
        try {
            if (buffer_.size() < bytes) buffer_.resize(bytes);
        } catch (const std::bad_alloc&) {
            return 0;
        }
        return reinterpret_cast<std::uintptr_t>(
            buffer_.data()); // NOLINT: an address is what JavaScript needs
    }

    /// `changes`: [[from, offset], ...] in milliseconds, as preempt::Zone::Change.
    std::string set_zone(const std::string& name, const std::string& changes) {
        return guarded([&] {
            boost::json::error_code error;
            const auto document = boost::json::parse(changes, error);
            if (error || !document.is_array())
                return envelope(Status::error(StatusCode::misuse, "Zone changes must be a list."));
            std::vector<preempt::Zone::Change> list;
            for (const auto& item : document.as_array()) {
                if (!item.is_array() || item.as_array().size() != 2)
                    return envelope(Status::error(StatusCode::misuse, "A zone change is a pair."));
                list.push_back({item.as_array()[0].to_number<std::int64_t>(),
                                item.as_array()[1].to_number<std::int32_t>()});
            }
            calculator_.set_zone(name, std::move(list));
            return envelope(Status::success());
        });
    }

    std::int32_t open(const std::string& name, double bytes) {
        return calculator_.open(name, static_cast<std::uint64_t>(bytes));
    }

    /// The first `length` bytes of the file lie in the reserved buffer.
    std::string recognise(std::int32_t id, std::size_t length, bool whole, const std::string& answer) {
        return guarded([&] {
            return with_request<preempt::report::MappingRequest>(answer, [&](const auto& request) {
                return calculator_.recognise(id, view(length), whole, request);
            });
        });
    }
    std::string append(std::int32_t id, std::size_t length) {
        return guarded([&] { return envelope(calculator_.append(id, view(length))); });
    }
    /// The two halves of reading in two workers, see core/intake/block.hpp.
    bool suits_blocks(std::int32_t id) const { return calculator_.suits_blocks(id); }
    std::string answers(std::int32_t id) const {
        return guarded([&] { return envelope(calculator_.answers(id)); });
    }
    std::string begin_blocks(std::int32_t id) {
        return guarded([&] {
            auto reader = calculator_.block_reader(id);
            if (reader.ok()) block_reader_.emplace(std::move(reader.value()));
            return envelope(reader.ok() ? Status::success() : reader.status());
        });
    }
    /// Makes a block of the next `length` bytes, which lie in the reserved buffer; of none, the last one. Its
    /// bytes are at block_address() until the next call.
    std::string make_block(std::size_t length) {
        return guarded([&] {
            if (!block_reader_) return envelope(Status::error(StatusCode::misuse, "No blocks were begun."));
            if (length == 0)
                block_reader_->finish(block_);
            else
                block_reader_->append(view(length), block_);
            preempt::intake::store_block(block_, stored_);
            return envelope(Status::success());
        });
    }
    std::uintptr_t block_address() const {
        return reinterpret_cast<std::uintptr_t>(
            stored_.data()); // NOLINT: an address is what JavaScript needs
    }
    std::size_t block_size() const { return stored_.size(); }
    /// A block of `length` bytes lies in the reserved buffer. `stretch` puts the bytes that it was made of
    /// into what reserve_stretch() gives, when they are needed, and returns their number.
    std::string take_block(std::int32_t id, std::size_t length, emscripten::val stretch) {
        return guarded([&] {
            preempt::intake::load_block(view(length), block_);
            return envelope(calculator_.take(id, block_, [&] {
                const auto size = stretch().as<std::size_t>();
                return std::string_view(stored_).substr(0, size);
            }));
        });
    }
    std::uintptr_t reserve_stretch(std::size_t bytes) {
        stored_.resize(bytes);
        return block_address();
    }
    double rows(std::int32_t id) const { return static_cast<double>(calculator_.rows(id)); }
    std::string close(std::int32_t id) {
        return guarded([&] { return envelope(calculator_.close(id)); });
    }
    std::string remove(std::int32_t id) {
        return guarded([&] { return envelope(calculator_.remove(id)); });
    }
    std::string begin_set_aside(std::int32_t id) {
        return guarded([&] { return envelope(calculator_.begin_set_aside(id)); });
    }
    std::string append_set_aside(std::int32_t id, std::size_t length) {
        return guarded([&] { return envelope(calculator_.append_set_aside(id, view(length))); });
    }
    std::string take_set_aside(std::int32_t id) {
        return guarded([&] { return envelope(calculator_.take_set_aside(id)); });
    }
    std::string files() const {
        return guarded(
            [&] { return envelope(Status::success(), preempt::report::to_json(calculator_.files())); });
    }
    std::string vocabulary() const {
        return guarded([&] {
            return envelope(Status::success(), preempt::report::to_json(preempt::Calculator::vocabulary()));
        });
    }
    std::string evaluate(const std::string& request) {
        return guarded([&] {
            return with_request<preempt::report::EvaluateRequest>(
                request, [&](const auto& r) { return calculator_.evaluate(r); });
        });
    }
    std::string audit(const std::string& request) {
        return guarded([&] {
            return with_request<preempt::report::AuditRequest>(
                request, [&](const auto& r) { return calculator_.audit(r); });
        });
    }
    std::string audit_csv(const std::string& request) {
        return guarded([&] {
            return with_request<preempt::report::AuditRequest>(
                request, [&](const auto& r) { return calculator_.audit_csv(r); });
        });
    }
    std::string evaluate_typed(const std::string& request) {
        return guarded([&] {
            return with_request<preempt::report::TypedRequest>(
                request, [](const auto& r) { return preempt::Calculator::evaluate_typed(r); });
        });
    }

  private:
    std::string_view view(std::size_t length) const {
        return {reinterpret_cast<const char*>(buffer_.data()), std::min(length, buffer_.size())};
    }

    preempt::Calculator calculator_;
    std::vector<unsigned char> buffer_;
    std::optional<preempt::intake::BlockReader> block_reader_;
    preempt::intake::Block block_;
    std::string stored_; ///< a block, or the stretch that it was made of
};

} // namespace

EMSCRIPTEN_BINDINGS(preempt) {
    emscripten::class_<Binding>("Calculator")
        .constructor<>()
        .function("reserve", &Binding::reserve)
        .function("setZone", &Binding::set_zone)
        .function("open", &Binding::open)
        .function("recognise", &Binding::recognise)
        .function("append", &Binding::append)
        .function("suitsBlocks", &Binding::suits_blocks)
        .function("answers", &Binding::answers)
        .function("beginBlocks", &Binding::begin_blocks)
        .function("makeBlock", &Binding::make_block)
        .function("blockAddress", &Binding::block_address)
        .function("blockSize", &Binding::block_size)
        .function("takeBlock", &Binding::take_block)
        .function("reserveStretch", &Binding::reserve_stretch)
        .function("rows", &Binding::rows)
        .function("close", &Binding::close)
        .function("remove", &Binding::remove)
        .function("beginSetAside", &Binding::begin_set_aside)
        .function("appendSetAside", &Binding::append_set_aside)
        .function("takeSetAside", &Binding::take_set_aside)
        .function("files", &Binding::files)
        .function("vocabulary", &Binding::vocabulary)
        .function("evaluate", &Binding::evaluate)
        .function("audit", &Binding::audit)
        .function("auditCsv", &Binding::audit_csv)
        .function("evaluateTyped", &Binding::evaluate_typed);
}

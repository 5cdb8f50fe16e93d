// Files that are no text tables (see container.hpp). One table of first bytes; what needs a second look has a
// function.
#include "core/intake/container.hpp"

#include "core/base/text.hpp"
#include <algorithm>
#include <array>

namespace preempt::intake {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view kWorkbook =
    "an Excel workbook (.xlsx), not a CSV file. Open it in the spreadsheet and save the sheet as "
    "\"CSV UTF-8 (comma delimited)\", or export CSV from the tool itself.";
constexpr std::string_view kOldWorkbook =
    "an old Excel workbook (.xls), not a CSV file. Open it in the spreadsheet and save the "
    "sheet as \"CSV UTF-8 (comma delimited)\".";
constexpr std::string_view kOpenDocument =
    "an OpenDocument spreadsheet (.ods), not a CSV file. Open it and save the sheet as CSV.";
constexpr std::string_view kXmlWorkbook =
    "a spreadsheet written as XML (SpreadsheetML, as Freshdesk's .xls exports are), not a CSV "
    "file. Choose CSV when exporting, or open it in a spreadsheet and save the sheet as CSV.";
constexpr std::string_view kXml = "an XML document, not a CSV file. Export CSV from the tool.";
constexpr std::string_view kZip = "a ZIP archive. Unpack it and drop the CSV files that are inside.";
constexpr std::string_view kPacked =
    "a compressed archive. Unpack it and drop the CSV files that are inside.";
constexpr std::string_view kGzip = "a gzip-compressed file. Unpack it and drop the CSV file that is inside.";
constexpr std::string_view kImage =
    "an image. A picture of a table cannot be read: drop the CSV export of the tool instead.";
constexpr std::string_view kPdf =
    "a PDF document. Tables in a PDF cannot be read reliably: export CSV from the tool instead.";
constexpr std::string_view kJson =
    "JSON, not a CSV file. Export CSV from the tool, or convert it to CSV first.";
constexpr std::string_view kHtml =
    "a web page (HTML), not a CSV file. It may be a sign-in or error page that was saved in place of "
    "the export: sign in to the tool and export again.";
constexpr std::string_view kRichText = "a rich-text document, not a CSV file. Export CSV from the tool.";
constexpr std::string_view kDataFile =
    "a data file of another kind (not text). Export CSV from the tool or the warehouse.";

struct Magic {
    std::string_view bytes;
    std::string_view what;
};
constexpr std::array<Magic, 21> kMagics = {{
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv, kOldWorkbook},
    {"\x89PNG"sv, kImage},
    {"\xFF\xD8\xFF"sv, kImage},
    {"GIF87a"sv, kImage},
    {"GIF89a"sv, kImage},
    {"II*\0"sv, kImage},
    {"MM\0*"sv, kImage},
    {"%PDF-"sv, kPdf},
    {"\x1F\x8B"sv, kGzip},
    {"BZh9"sv, kPacked},
    {"\xFD"
     "7zXZ\0"sv,
     kPacked},
    {"7z\xBC\xAF\x27\x1C"sv, kPacked},
    {"Rar!\x1A\x07"sv, kPacked},
    {"\x28\xB5\x2F\xFD"sv, kPacked},
    {"{\\rtf"sv, kRichText},
    {"PAR1"sv, kDataFile},
    {"SQLite format 3\0"sv, kDataFile},
    {"ORC\x03"sv, kDataFile},
    {"Obj\x01"sv, kDataFile},
    {"\x7F"
     "ELF"sv,
     kDataFile},
    {"ARROW1"sv, kDataFile},
}};

bool starts_with(std::string_view text, std::string_view start) {
    return text.substr(0, start.size()) == start;
}

bool starts_with_folded(std::string_view text, std::string_view start) {
    return equal_ignoring_case(text.substr(0, start.size()), start);
}

bool holds(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

std::string_view what_zip(std::string_view head) {
    if (holds(head, "opendocument.spreadsheet")) return kOpenDocument;
    return holds(head, "[Content_Types].xml") || holds(head, "xl/") ? kWorkbook : kZip;
}

/// JSON is recognised by its first two signs; a header row that begins with a brace and a quote does not
/// occur.
bool is_json(std::string_view text) {
    const char open = text.empty() ? '\0' : text.front();
    if (open != '{' && open != '[') return false;
    const std::string_view rest = trim(text.substr(1));
    if (rest.empty()) return true;
    if (open == '{') return rest.front() == '"' || rest.front() == '}';
    return rest.front() == '{' || rest.front() == '[' || rest.front() == '"' || rest.front() == ']' ||
           is_digit(rest.front());
}

/// What `text` is as a document of marks; empty if it is none.
std::string_view what_document(std::string_view text) {
    if (starts_with_folded(text, "<!doctype html") || starts_with_folded(text, "<html") ||
        starts_with_folded(text, "<head") || starts_with_folded(text, "<table") ||
        starts_with_folded(text, "<body")) {
        return kHtml;
    }
    if (starts_with_folded(text, "<?xml") || starts_with_folded(text, "<workbook")) {
        if (holds(text, "schemas-microsoft-com:office:spreadsheet")) return kXmlWorkbook;
        return holds(text.substr(0, 2048), "<html") ? kHtml : kXml;
    }
    return is_json(text) ? kJson : std::string_view{};
}

Status refuse(std::string_view file_name, std::string_view what) {
    return Status::error(StatusCode::not_supported,
                         "\"" + std::string(file_name) + "\" is " + std::string(what));
}

} // namespace

Status check_container(std::string_view file_name, std::string_view head, bool whole) {
    if (head.empty() || (whole && trim(head).empty())) {
        return Status::error(StatusCode::bad_input,
                             "\"" + std::string(file_name) +
                                 "\" is empty. Export it again and check that the dates chosen "
                                 "for the export hold any rows.");
    }
    if (starts_with(head, "PK\x03\x04") || starts_with(head, "PK\x05\x06"))
        return refuse(file_name, what_zip(head));
    for (const auto& magic : kMagics) {
        if (starts_with(head, magic.bytes)) return refuse(file_name, magic.what);
    }
    if (starts_with(head, "RIFF") && head.substr(8, 4) == "WEBP") return refuse(file_name, kImage);
    if (head.size() > 262 && head.substr(257, 5) == "ustar") return refuse(file_name, kPacked);
    if (const auto document = what_document(trim(head)); !document.empty())
        return refuse(file_name, document);
    return Status::success();
}

Status check_text(std::string_view file_name, std::string_view text) {
    if (const auto document = what_document(trim(text)); !document.empty())
        return refuse(file_name, document); // was UTF-16
    const auto control = std::count_if(text.begin(), text.end(), [](char letter) {
        const auto byte = static_cast<unsigned char>(letter);
        return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' && byte != 0 &&
               byte < 0x1C;
    });
    // A text file has next to none of them; NUL bytes have their own report, and 1C to 1F are separators.
    if (static_cast<double>(control) > 0.02 * static_cast<double>(text.size()))
        return refuse(file_name, kDataFile);
    return Status::success();
}

} // namespace preempt::intake

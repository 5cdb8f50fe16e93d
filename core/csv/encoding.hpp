// Encodings of text files: which one a file is in, and its bytes turned into UTF-8 as they arrive.
// In: the first bytes of a file, then all of its bytes in pieces of any size. Out: a guess with its reason;
// UTF-8, with every sequence that cannot be decoded replaced by U+FFFD and counted, never dropped in silence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace preempt::csv {

enum class Encoding : std::uint8_t {
    utf8,
    utf16le,
    utf16be,
    utf32le,
    utf32be,
    windows_1252, ///< also what is meant by ISO-8859-1: the two differ only in 0x80..0x9F, which that one
                  ///< leaves unused
    windows_1250, ///< Central European
    windows_1251, ///< Cyrillic
    windows_1253, ///< Greek
    windows_1254, ///< Turkish
    windows_1257, ///< Baltic
    iso_8859_2,   ///< Central European, Unix
    iso_8859_15,  ///< Western European with the euro sign
    mac_roman,
    gb18030,   ///< Chinese; covers GB2312 and GBK
    shift_jis, ///< Japanese, with the extensions of Windows-932
};

/// The name as a person would write it, and as `TextDecoder` of a browser understands it ("windows-1252").
std::string_view encoding_name(Encoding encoding);

/// All encodings, in the order in which a menu should offer them.
struct EncodingList {
    const Encoding* first;
    std::size_t count;
    const Encoding* begin() const { return first; }
    const Encoding* end() const { return first + count; }
};
EncodingList all_encodings();

struct EncodingGuess {
    Encoding encoding = Encoding::utf8;
    std::size_t bom_bytes = 0; ///< how many bytes at the start of the file are a byte order mark
    bool certain =
        true; ///< false: shown as a question, since other encodings explain the bytes nearly as well
    std::string reason; ///< one plain sentence for the person at the page
};

/// Judges by the first bytes of a file (64 KiB are plenty). `head_is_whole_file` false allows a character cut
/// at the end. Never fails: an empty head is UTF-8. A plain ASCII head of a longer file is UTF-8 but not
/// certain, since the first letter with an accent may come later: `Decoder::replaced()` then tells, and
/// windows_1252 is the one to try next.
EncodingGuess detect_encoding(std::string_view head, bool head_is_whole_file);

/// Turns the bytes of one file into UTF-8. Any chunking of the same bytes gives the same text and counts.
class Decoder {
  public:
    Decoder(Encoding encoding, std::size_t bom_bytes);

    using Sink = std::function<void(std::string_view)>;

    /// Hands the decoded text to `sink` in one or more pieces. For UTF-8 a piece is a view into `bytes` (no
    /// copy, only validation) wherever nothing had to be replaced; views are good during the call of the sink
    /// only.
    void feed(std::string_view bytes, const Sink& sink);
    void finish(const Sink& sink); ///< a character cut by the end of the file becomes U+FFFD

    void feed(std::string_view bytes, std::string& out); ///< the same, appended to `out`
    void finish(std::string& out);

    std::uint64_t replaced() const { return replaced_; } ///< sequences that became U+FFFD
    /// Byte offset in the file (byte order mark included) of the first of them; meaningless while replaced()
    /// is 0.
    std::uint64_t first_replaced() const { return first_replaced_; }
    /// Of UTF-8: characters outside ASCII so far, the replaced ones included.
    std::uint64_t letters() const { return letters_; }
    std::uint64_t bytes() const { return offset_; } ///< bytes fed so far
    Encoding encoding() const { return encoding_; }

  private:
    void decode_utf8(std::string_view bytes, const Sink& sink);
    void replace(std::uint64_t at, std::string& out);

    Encoding encoding_;
    std::size_t bom_left_;
    std::uint64_t offset_ = 0;
    std::uint64_t replaced_ = 0;
    std::uint64_t first_replaced_ = 0;
    std::uint64_t letters_ = 0;
    char pending_[8] = {}; // the bytes of a character that the last piece cut
    std::size_t pending_size_ = 0;
    std::string scratch_;
};

} // namespace preempt::csv

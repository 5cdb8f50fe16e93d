// Encodings: detection on what exports contain, decoding of each, replacement and its report, any chunking.
#include "catch.hpp"
#include "core/base/text.hpp"
#include "csv_helpers.hpp"

#include "core/csv/scan.hpp"

using namespace preempt::csv;
using namespace std::string_literals;

namespace {

std::string decode(const std::string& bytes, Encoding encoding, std::size_t piece = 0,
                   std::uint64_t* replaced = nullptr, std::uint64_t* first = nullptr) {
    Decoder decoder(encoding, 0);
    std::string text;
    if (piece == 0) piece = bytes.size() + 1;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
        decoder.feed(std::string_view(bytes).substr(at, piece), text);
    decoder.finish(text);
    if (replaced != nullptr) *replaced = decoder.replaced();
    if (first != nullptr) *first = decoder.first_replaced();
    return text;
}

struct Sample {
    Encoding encoding;
    const char* what;
    std::string bytes;
    std::string text;
};

/// The bytes were made with Python's codecs from the text beside them.
const Sample kSamples[] = {
    {Encoding::windows_1252, "German and a euro sign",
     "id;Name\n1;M\xfcller, Gr\xf6\xdf"
     "e\n2;Stra\xdf"
     "e \x80 5\n",
     "id;Name\n1;Müller, Größe\n2;Straße € 5\n"},
    {Encoding::windows_1252, "French",
     "id;Objet\n1;R\xe9ponse re\xe7ue \xe0 l\x92heure\n2;\xc9quipe d\xe9j\xe0 pr\xeate\n",
     "id;Objet\n1;Réponse reçue à l’heure\n2;Équipe déjà prête\n"},
    {Encoding::windows_1252, "Spanish",
     "id,asunto\n1,\xbfQu\xe9 pas\xf3 ma\xf1"
     "ana?\n",
     "id,asunto\n1,¿Qué pasó mañana?\n"},
    {Encoding::windows_1250, "Polish",
     "id;temat\n1;Zg\xb3oszenie b\xb3\xea"
     "du, pro\x9c"
     "ba o pomoc\n2;\xaf\xf3\xb3w, cz\xeasto\x9c\xe6\n",
     "id;temat\n1;Zgłoszenie błędu, prośba o pomoc\n2;Żółw, częstość\n"},
    {Encoding::windows_1250, "Czech", "id;text\n1;P\xf8\xedli\x9a \x9elu\x9dou\xe8k\xfd k\xf9\xf2\n",
     "id;text\n1;Příliš žluťoučký kůň\n"},
    {Encoding::windows_1250, "Hungarian",
     "id;t\xe1rgy\n1;Nem m\xfbk\xf6"
     "dik a bejelentkez\xe9s, k\xe9rem seg\xedtsen id\xf5"
     "ben\n",
     "id;tárgy\n1;Nem működik a bejelentkezés, kérem segítsen időben\n"},
    {Encoding::windows_1252, "Portuguese",
     "id;assunto\n1;Informa\xe7\xf5"
     "es n\xe3o dispon\xedveis, solu\xe7\xe3o\n",
     "id;assunto\n1;Informações não disponíveis, solução\n"},
    {Encoding::windows_1252, "Danish",
     "id;emne\n1;K\xf8"
     "b p\xe5 \xe6ldre\n",
     "id;emne\n1;Køb på ældre\n"},
    {Encoding::mac_roman, "French from an old Mac", "id;objet\r1;R\x8eponse re\x8due \x88 l'heure\r",
     "id;objet\r1;Réponse reçue à l'heure\r"},
    {Encoding::windows_1251, "Russian",
     "id;\xf2\xe5\xec\xe0\n1;\xcd\xe5 \xf0\xe0\xe1\xee\xf2\xe0\xe5\xf2 \xe2\xf5\xee\xe4\n",
     "id;тема\n1;Не работает вход\n"},
    {Encoding::windows_1253, "Greek",
     "id;\xe8\xdd\xec\xe1\n1;\xc7 \xf3\xfd\xed\xe4\xe5\xf3\xe7 \xe4\xe5\xed "
     "\xeb\xe5\xe9\xf4\xef\xf5\xf1\xe3\xe5\xdf\n",
     "id;θέμα\n1;Η σύνδεση δεν λειτουργεί\n"},
    {Encoding::windows_1254, "Turkish",
     "id;konu\n1;Giri\xfe yap\xfdlam\xfdyor, l\xfctfen \xe7\xf6z\xfcn\n2;De\xf0i\xfeiklik yap\xfdld\xfd\n",
     "id;konu\n1;Giriş yapılamıyor, lütfen çözün\n2;Değişiklik yapıldı\n"},
    {Encoding::gb18030, "Chinese",
     "id,\xd6\xf7\xcc\xe2\n1,\xce\xde\xb7\xa8\xb5\xc7\xc2\xbc\xa3\xac\xc7\xeb\xb0\xef\xc3\xa6\n",
     "id,主题\n1,无法登录，请帮忙\n"},
    {Encoding::shift_jis, "Japanese",
     "id,\x8c\x8f\x96\xbc\n1,\x83\x8d\x83O\x83"
     "C\x83\x93\x82\xc5\x82\xab\x82\xc8\x82\xa2\n",
     "id,件名\n1,ログインできない\n"},
};

} // namespace

TEST_CASE("csv: the encoding of typical exports is found, and said to be uncertain", "[csv][encoding]") {
    for (const Sample& sample : kSamples) {
        const EncodingGuess guess = detect_encoding(sample.bytes, true);
        INFO(sample.what << ": " << guess.reason);
        CHECK(encoding_name(guess.encoding) == encoding_name(sample.encoding));
        CHECK(!guess.certain);
        CHECK(guess.bom_bytes == 0);
        for (const std::size_t piece : std::initializer_list<std::size_t>{0, 1, 2, 3, 5})
            CHECK(decode(sample.bytes, sample.encoding, piece) == sample.text);
    }
}

TEST_CASE("csv: byte order marks", "[csv][encoding]") {
    CHECK(detect_encoding("\xEF\xBB\xBF"
                          "a,b\n",
                          true)
              .bom_bytes == 3);
    CHECK(detect_encoding("\xFF\xFE"
                          "a\0,\0"s,
                          true)
              .encoding == Encoding::utf16le);
    CHECK(detect_encoding("\xFE\xFF"
                          "\0a\0,"s,
                          true)
              .encoding == Encoding::utf16be);
    CHECK(detect_encoding("\xFF\xFE\0\0a\0\0\0"s, true).encoding == Encoding::utf32le);
    CHECK(detect_encoding("\0\0\xFE\xFF\0\0\0a"s, true).encoding == Encoding::utf32be);
    CHECK(detect_encoding("\xFF\xFE"
                          "a\0,\0"s,
                          true)
              .certain);
    // The mark alone, an empty file with one.
    CHECK(detect_encoding("\xFF\xFE"s, true).encoding == Encoding::utf16le);
}

TEST_CASE("csv: UTF-16 and UTF-32 without a mark, also in a language without ASCII letters",
          "[csv][encoding]") {
    const std::u16string russian = u"номер\tтема\r\n1\tвход\r\n2\tвыход\r\n";
    const std::u16string japanese = u"番号,件名\r\n1,ログイン\r\n2,請求書\r\n";
    const std::u16string english = u"id,name\n1,Ann\n2,Bob\n";
    for (const std::u16string& text : {russian, japanese, english}) {
        std::string little, big, wide_little;
        for (const char16_t unit : text) {
            little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
            big += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
            wide_little += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8), '\0', '\0'};
        }
        CHECK(detect_encoding(little, true).encoding == Encoding::utf16le);
        CHECK(detect_encoding(big, true).encoding == Encoding::utf16be);
        if (text == english) CHECK(detect_encoding(wide_little, true).encoding == Encoding::utf32le);
        CHECK(decode(little, Encoding::utf16le, 1) == decode(big, Encoding::utf16be, 3));
        CHECK(decode(wide_little, Encoding::utf32le, 1) == decode(little, Encoding::utf16le));
    }
}

TEST_CASE("csv: a few NUL bytes do not make a file UTF-16", "[csv][encoding]") {
    CHECK(detect_encoding("id,name\n1,A\0nn\n2,B\0b\n"s, true).encoding == Encoding::utf8);
    CHECK(detect_encoding("id,name\n1,Ann\n"s + std::string(4000, '\0'), true).encoding == Encoding::utf8);
    CHECK(detect_encoding("id,name\n1,Ann\n2"s + std::string(4001, '\0'), true).encoding == Encoding::utf8);
}

TEST_CASE("csv: UTF-8 is certain when seen, and ASCII only for a whole file", "[csv][encoding]") {
    CHECK(detect_encoding("name\nZo\u00eb\n", true).certain);
    CHECK(detect_encoding("name\nZoe\n", true).certain);
    CHECK(!detect_encoding("name\nZoe\n", false).certain);
    CHECK(detect_encoding("name\nZo\xc3", false).encoding == Encoding::utf8); // a head that cuts a character
    CHECK(detect_encoding("", true).encoding == Encoding::utf8);
    // One broken character among many good ones does not change the encoding, but is not certain any more.
    std::string mostly;
    for (int i = 0; i < 20; ++i)
        mostly += "Zo\u00eb,caf\u00e9\n";
    const EncodingGuess guess = detect_encoding(mostly + "Z\xeb,\n", true);
    CHECK(guess.encoding == Encoding::utf8);
    CHECK(!guess.certain);
}

TEST_CASE("csv: what is not UTF-8 becomes U+FFFD, one per maximal subpart, and is counted with its place",
          "[csv][encoding]") {
    // Unicode 15, table 3-8 and section 3.9; overlong forms, surrogates and values over U+10FFFF are not
    // decoded.
    const std::pair<std::string, std::string> cases[] = {
        {"a\xC0\xAC"
         "b",
         "a\uFFFD\uFFFDb"},
        {"\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD"},
        {"\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF"
         "A",
         "\uFFFD\uFFFD\uFFFD\uFFFDA"},
        {"x\xE2\x82", "x\uFFFD"},
        {"\xF0\x9F\x91\xA9ok\xFF", "\U0001F469ok\uFFFD"},
    };
    for (const auto& [bytes, text] : cases) {
        for (const std::size_t piece : std::initializer_list<std::size_t>{0, 1, 2, 3}) {
            std::uint64_t replaced = 0, first = 0;
            CHECK(decode(bytes, Encoding::utf8, piece, &replaced, &first) == text);
            std::size_t marks = 0;
            for (std::size_t at = text.find("\uFFFD"); at != std::string::npos;
                 at = text.find("\uFFFD", at + 1))
                ++marks;
            CHECK(replaced == marks);
        }
    }
    std::uint64_t replaced = 0, first = 0;
    decode("ok \u20ac\xFF\xFE", Encoding::utf8, 1, &replaced, &first);
    CHECK(replaced == 2);
    CHECK(first == 6);
}

TEST_CASE("csv: valid UTF-8 is handed on without a copy", "[csv][encoding]") {
    const std::string text =
        "id,name\n1,Zo\u00eb\n" + std::string(500, 'x') + "\u20ac" + std::string(100, 'y');
    Decoder decoder(Encoding::utf8, 0);
    int pieces = 0;
    decoder.feed(text, [&](std::string_view piece) {
        ++pieces;
        CHECK(piece.data() == text.data());
        CHECK(piece.size() == text.size());
    });
    CHECK(pieces == 1);
    CHECK(decoder.replaced() == 0);
}

TEST_CASE("csv: the end of the longest valid prefix of UTF-8, at every offset of a block",
          "[csv][encoding]") {
    for (std::size_t before = 0; before < 200; ++before) {
        std::string text(before, 'a');
        text += "\u00eb\u20ac\U0001F469";
        const std::size_t good = text.size();
        CHECK(valid_utf8_prefix(text.data(), text.size()).size == good);
        const std::string broken = text + "\x80" + std::string(100, 'b');
        CHECK(valid_utf8_prefix(broken.data(), broken.size()).size == good);
        const std::string cut = text + "\xF0\x9F\x91";
        CHECK(valid_utf8_prefix(cut.data(), cut.size()).size == good);
    }
}

TEST_CASE("csv: valid UTF-8 is told from invalid as table 3-7 of the Unicode standard tells it",
          "[csv][encoding]") {
    // All pairs of bytes, and what can follow them, somewhere in a block and over the edge of one. The oracle
    // goes the other way round: a text is valid if it is what some code points are encoded as.
    const auto encoded = [](std::uint32_t point) {
        std::string text;
        preempt::append_code_point(static_cast<char32_t>(point), text);
        return text;
    };
    const auto whole = [&](std::string_view text) { // bytes of the first character, 0 if it is none
        for (std::size_t size = 1; size <= std::min<std::size_t>(4, text.size()); ++size) {
            const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]) & 0xFFU; };
            const std::uint32_t lead = size == 1 ? byte(0) : byte(0) & (0x7FU >> size);
            std::uint32_t point = lead;
            for (std::size_t i = 1; i < size; ++i)
                point = point << 6 | (byte(i) & 0x3F);
            if (point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF) &&
                encoded(point) == text.substr(0, size))
                return size;
        }
        return std::size_t{0};
    };
    const std::string_view ends[] = {
        "", "a", "\x80", "\x80\x80", "\xBF\xBF\xBF", "\x80\xC3", "\xC3\xA9", "\xF0\x9F\x91\xA9"};
    for (const std::size_t before : {70U, 125U, 126U, 127U, 128U})
        for (unsigned first = 0x78; first < 0x100; ++first)
            for (unsigned second = 0x78; second < 0x100; ++second)
                for (const auto end : ends) {
                    std::string text(before, 'a');
                    text += {static_cast<char>(first), static_cast<char>(second)};
                    text += end;
                    text += std::string(80, 'b');
                    std::size_t good = before;
                    std::uint64_t letters = 0;
                    while (good < text.size()) {
                        const std::size_t size = whole(std::string_view(text).substr(good));
                        if (size == 0) break;
                        letters += size > 1 ? 1 : 0;
                        good += size;
                    }
                    const auto found = valid_utf8_prefix(text.data(), text.size());
                    if (found.size != good || found.letters != letters)
                        FAIL(before << " " << first << " " << second << " " << good << " " << found.size);
                }
}

TEST_CASE("csv: letters outside ASCII are counted in any chunking, replaced ones included",
          "[csv][encoding]") {
    const std::string text =
        "a\u00eb" + std::string(130, 'x') + "\u20ac\xFF\U0001F469" + std::string(70, 'y') + "\xE2\x82";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        Decoder decoder(Encoding::utf8, 0);
        std::string out;
        for (std::size_t at = 0; at < text.size(); at += piece)
            decoder.feed(std::string_view(text).substr(at, piece), out);
        decoder.finish(out);
        CHECK(decoder.letters() == 5);
        CHECK(decoder.replaced() == 2);
    }
}

TEST_CASE("csv: UTF-16 surrogates, whole and broken", "[csv][encoding]") {
    CHECK(decode("\x3d\xd8\x69\xdc"s, Encoding::utf16le, 1) == "\U0001F469");
    CHECK(decode("\x3d\xd8"
                 "a\0"s,
                 Encoding::utf16le, 1) == "\uFFFDa");
    CHECK(decode("\x69\xdc"
                 "a\0"s,
                 Encoding::utf16le) == "\uFFFDa");
    CHECK(decode("a\0b"s, Encoding::utf16le) == "a\uFFFD");
}

TEST_CASE("csv: GB18030 with four bytes, and broken pairs that must not eat a delimiter", "[csv][encoding]") {
    CHECK(decode("\x81\x30\x81\x30\x90\x30\x81\x30\xa2\xe3", Encoding::gb18030, 1) ==
          "\u0080\U00010000\u20ac");
    CHECK(decode("\xd6,a", Encoding::gb18030, 1) == "\uFFFD,a");
    CHECK(decode("\x81,\xe0", Encoding::shift_jis, 1) == "\uFFFD,\uFFFD");
    CHECK(decode("\xb1\xb2", Encoding::shift_jis) == "\uFF71\uFF72");
}

TEST_CASE("csv: every byte of every single-byte encoding is decoded or counted", "[csv][encoding]") {
    std::string all;
    for (int byte = 1; byte < 256; ++byte)
        all.push_back(static_cast<char>(byte));
    for (const Encoding encoding : all_encodings()) {
        CHECK(!encoding_name(encoding).empty());
        std::uint64_t replaced = 0;
        const std::string text = decode(all, encoding, 0, &replaced);
        CHECK(valid_utf8_prefix(text.data(), text.size()).size == text.size());
        CHECK(decode(all, encoding, 1) == text);
    }
}

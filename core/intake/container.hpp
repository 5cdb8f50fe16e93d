// What a file is when it is no text table: a workbook, an archive, an image, a PDF, JSON, a web page ...
// In: its first bytes. Out: a status whose message says what it is and what to do instead.
#pragma once

#include "core/base/status.hpp"
#include <string_view>

namespace preempt::intake {

/// Ok when `head` may be a text table. `whole`: head is all of the file.
Status check_container(std::string_view file_name, std::string_view head, bool whole);

/// Ok when `text` (decoded) is text; an error when it is full of control characters.
Status check_text(std::string_view file_name, std::string_view text);

} // namespace preempt::intake

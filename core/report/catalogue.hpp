// The catalogue's texts and the published costs as part of the vocabulary, so that help can be shown before
// any file is loaded.
#pragma once

#include "core/report/session.hpp"

namespace preempt::report {

void add_catalogue(Vocabulary& vocabulary);

} // namespace preempt::report

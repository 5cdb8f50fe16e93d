#include "core/report/catalogue.hpp"

#include "core/metrics/catalogue.hpp"
#include "core/metrics/money.hpp"

namespace preempt::report {

void add_catalogue(Vocabulary& vocabulary) {
    for (const auto& text : metrics::catalogue())
        vocabulary.metrics.push_back({text.id, text.name, text.unit, text.rung, text.indicator, text.side,
                                      text.branch, metrics::words_of(text.needs), text.numerator_of,
                                      text.denominator_of, text.definition, text.formula, text.interval,
                                      text.excluded, text.default_reason, metrics::words_of(text.sources),
                                      text.shown_in});
    for (const auto& preset : metrics::cost_presets())
        vocabulary.costs.push_back({preset.id, preset.cost, preset.what, preset.source, preset.grade});
}

} // namespace preempt::report

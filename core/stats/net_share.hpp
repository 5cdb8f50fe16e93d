// The net share of one sample: those for minus those against, with the rest in neither (the net promoter
// score is promoters minus detractors).
#pragma once

#include "core/stats/did.hpp"

namespace preempt::stats {

/// (plus - minus) / total, -1 to 1. Interval: MOVER from two Wilson intervals with the correlation of two
/// shares of one multinomial sample, r = -sqrt(p1 p2 / ((1-p1)(1-p2))) (Zou & Donner 2008, Stat Med
/// 27:1693-1702; Newcombe 1998, Stat Med 17:2635-2650, for paired shares):
///   low = d - sqrt((p1-l1)^2 + (u2-p2)^2 - 2 r (p1-l1)(u2-p2)), high likewise.
/// All in one of the two: the correlation is -1. NaN without data or where plus + minus exceeds the total.
Estimate net_share(double plus, double minus, double total, double level = 0.95);

} // namespace preempt::stats

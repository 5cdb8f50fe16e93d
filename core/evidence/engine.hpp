// The engine: answers questions about one history, and remembers what the next question is likely to share.
// In: a History and one Question after another. Out: Evidence. The answer to a question never depends on what
// was asked before, nor on the number of threads.
#pragma once

#include "core/base/parallel.hpp"
#include "core/evidence/audit_walk.hpp"
#include "core/evidence/evidence.hpp"
#include <memory>

namespace preempt::evidence {

class Engine {
  public:
    /// `history` must stay as it is while the engine lives.
    explicit Engine(const history::History& history, Parallel parallel = {});
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    /// The zone of the question must live as long as the engine.
    Evidence gather(const Question& question);
    /// The episodes behind the cells of that question, see audit_walk.hpp.
    Result<Listing> list(const Question& question, const ListRequest& request);
    std::vector<Detail> details(const Question& question, Population population,
                                std::span<const Listed> listed);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace preempt::evidence

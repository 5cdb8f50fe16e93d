// Prints the TypeScript interfaces of every document that crosses the boundary. Run by the build; its output
// is build/generated/report.d.ts.
#include "core/report/audit.hpp"
#include "core/report/report.hpp"
#include "core/report/session.hpp"
#include "core/report/typescript.hpp"
#include <cstdio>

int main() {
    preempt::report::TypescriptWriter writer;
    writer.add<preempt::report::Report>("Report");
    writer.add<preempt::report::FileInfo>("FileInfo");
    writer.add<preempt::report::MappingRequest>("MappingRequest");
    writer.add<preempt::report::EvaluateRequest>("EvaluateRequest");
    writer.add<preempt::report::TypedRequest>("TypedRequest");
    writer.add<preempt::report::AuditRequest>("AuditRequest");
    writer.add<preempt::report::AuditPage>("AuditPage");
    writer.add<preempt::report::Vocabulary>("Vocabulary");
    std::printf("// Generated from the C++ structs of core/report and core/metrics: do not edit.\n\n%s",
                writer.text().c_str());
    return 0;
}

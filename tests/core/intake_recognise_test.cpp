// Rules of recognition: headers decide, values confirm; zone, order of day and month, damaged ids, files of
// no known kind.
#include "intake_helpers.hpp"

using namespace intake_test;

namespace {

Recognition of(const std::string& bytes, const RecogniseOptions& options = {}) {
    return recognise("test.csv", bytes, true, options);
}

} // namespace

TEST_CASE("the golden files are outreaches and contacts in the generic layout") {
    const Recognition outreaches = of(load("generic/golden_outreaches.csv"));
    CHECK(outreaches.kind == TableKind::outreaches);
    CHECK_FALSE(outreaches.zone_matters); // every time carries its Z
    const Recognition contacts = of(load("generic/golden_contacts.csv"));
    CHECK(contacts.kind == TableKind::contacts);
    CHECK(role_of(contacts, "contact_id") == Role::record_id);
    CHECK(role_of(contacts, "direction") == Role::direction);
    CHECK(of(load("generic/customers.csv")).kind == TableKind::customers);
    CHECK(of(load("generic/exposure.csv")).kind == TableKind::exposure);
    CHECK(of(load("generic/signals.csv")).kind == TableKind::signals);
}

TEST_CASE("case, blanks and underscores in headers do not count") {
    const Recognition recognition =
        of("OUTREACH ID,Customer_Id,Sent At,Outreach-Type\no1,P1,2026-03-01T10:00:00Z,signal\n");
    CHECK(recognition.kind == TableKind::outreaches);
    CHECK(role_of(recognition, "Sent At") == Role::occurred_at);
    CHECK(role_of(recognition, "Outreach-Type") == Role::outreach_type);
}

TEST_CASE("two columns of the same name are told apart by position") {
    const Recognition recognition =
        of("contact_id,email,created_at,topic,topic\nc1,a@example.com,2026-03-01,,usage\n");
    CHECK(recognition.columns[3].role == Role::none); // empty
    CHECK(recognition.columns[4].role == Role::topic);
    CHECK(mentions(recognition.notices, "told apart by their position"));
}

TEST_CASE("a zone in the header is used, and no zone is asked for") {
    const Recognition recognition = of("Conversation ID,Conversation started at (Europe/Berlin),User "
                                       "email\n1,2026-03-01 10:00:00,a@example.com\n");
    CHECK(recognition.zone == "Europe/Berlin");
    CHECK_FALSE(recognition.zone_matters);
    CHECK(proposed_mapping(recognition).zone == "Europe/Berlin");
}

TEST_CASE("local times without a zone are asked about, in the words of the tool") {
    CHECK(mentions(of(load("exports/zendesk_full_export_america_new_york.csv")).notices,
                   "account's time zone, not in UTC"));
    const Recognition plain = of("contact_id,email,created_at\nc1,a@example.com,2026-03-01 10:00\n");
    CHECK(plain.zone_matters);
    CHECK(mentions(plain.notices, "no time zone"));
    CHECK_FALSE(of("contact_id,email,created_at\nc1,a@example.com,2026-03-01 10:00+01:00\n").zone_matters);
    CHECK_FALSE(of("contact_id,email,created_at\nc1,a@example.com,1772463660\n").zone_matters);
}

TEST_CASE("day first or month first is settled by any value above 12, and asked for when none is") {
    const Recognition settled =
        of("contact_id,email,created_at\nc1,a@example.com,03/04/2026\nc2,b@example.com,24/04/2026\n");
    CHECK(settled.date_order == DateOrder::day_first);
    CHECK_FALSE(settled.ask_date_order);
    const Recognition open =
        of("contact_id,email,created_at\nc1,a@example.com,03/04/2026\nc2,b@example.com,05/06/2026\n");
    CHECK(open.ask_date_order);
    CHECK(open.date_order == DateOrder::undecided);
    CHECK(mentions(open.notices, "\"created_at\" (03/04/2026)"));
    CHECK(of("contact_id,email,created_at\nc1,a@example.com,2026-03-04\n").date_order ==
          DateOrder::year_first);
}

TEST_CASE("ids that a spreadsheet rounded are no key; the reason and the way out are told") {
    const std::string bytes =
        "Summation column,Id,Requester id,Requester email,Satisfaction Score,Created at\n"
        "1,297700,1.03006E+13,a@example.com,Good,2026-02-20 04:05\n"
        "1,297701,1.03006E+13,b@example.com,Good,2026-02-21 04:05\n";
    const Recognition recognition = of(bytes);
    CHECK(recognition.format == "zendesk_tickets");
    CHECK(role_of(recognition, "Requester id") == Role::none);
    CHECK(recognition.columns[2].damaged);
    CHECK(recognition.columns[2].why.find("1.03006E+13") != std::string::npos);
    CHECK(mentions(recognition.notices, "without opening it in a spreadsheet"));
    CHECK(check_mapping(recognition, proposed_mapping(recognition)).ok()); // the e-mail address is there

    Mapping chosen = proposed_mapping(recognition);
    chosen.roles[2] = Role::customer_id;
    const Status refused = check_mapping(recognition, chosen);
    CHECK(refused.code == StatusCode::bad_input);
    CHECK(refused.message.find("\"Requester id\" cannot be a key") != std::string::npos);
}

TEST_CASE("a damaged id that is the only key is an error that tells how to export again") {
    const Recognition recognition =
        of("contact_id,customer_id,created_at\nc1,1.03E+13,2026-03-01T10:00:00Z\n");
    const Status status = check_mapping(recognition, proposed_mapping(recognition));
    CHECK(status.code == StatusCode::bad_input);
    CHECK(status.message.find("\"customer_id\"") != std::string::npos);
    CHECK(status.message.find("Export the file again") != std::string::npos);
}

TEST_CASE("Freshdesk's Contact ID is the e-mail address only if its values are") {
    const std::string header = "Ticket ID,Created time,First response time (in hrs),Contact ID\n";
    CHECK(role_of(of(header + "1,2025-01-08 15:00:06,00:39:33,a@example.com\n"), "Contact ID") ==
          Role::email);
    CHECK(role_of(of(header + "1,2025-01-08 15:00:06,00:39:33,4711\n"), "Contact ID") == Role::customer_id);
}

TEST_CASE("a column called group or variant is an arm only if a value names a held-out arm") {
    const std::string header = "outreach_id,email,sent_at,variant\n";
    const Recognition content =
        of(header + "o1,a@example.com,2026-03-01T10:00:00Z,A\no2,b@example.com,2026-03-01T10:00:00Z,B\n");
    CHECK(role_of(content, "variant") == Role::variant);
    const Recognition arm = of(
        header +
        "o1,a@example.com,2026-03-01T10:00:00Z,treatment\no2,b@example.com,2026-03-01T10:00:00Z,control\n");
    CHECK(role_of(arm, "variant") == Role::arm);
}

TEST_CASE("a subject names the content where it comes back, not where nearly every row has its own") {
    const auto with_subjects = [](int rows, int subjects) {
        std::string bytes = "outreach_id,email,sent_at,subject\n";
        for (int i = 0; i < rows; ++i)
            bytes += "o" + std::to_string(i) + ",a@example.com,2026-03-01T10:00:00Z,About your order " +
                     std::to_string(i % subjects) + "\n";
        return of(bytes);
    };
    CHECK(role_of(with_subjects(150, 20), "subject") == Role::content_id);
    CHECK(role_of(with_subjects(20, 20), "subject") == Role::content_id); // too few rows to tell
    const Recognition own = with_subjects(150, 150);
    CHECK(role_of(own, "subject") == Role::none);
    CHECK(own.columns[3].why == "nearly every row has a text of its own: nothing to group by");
}

TEST_CASE("an Intercom export with only conversation ids says how to export it with the customers") {
    const Recognition recognition =
        of("Conversation ID,Conversation started at (America/Lima),Fin AI Agent deflected\n"
           "215473780297700,2026-02-20 04:05:00,true\n");
    CHECK(recognition.format == "intercom_conversations");
    CHECK(mentions(recognition.notices, "\"User email\""));
    const Status status = check_mapping(recognition, proposed_mapping(recognition));
    CHECK(status.code == StatusCode::missing);
    CHECK(status.message.find("\"User email\"") != std::string::npos);
}

TEST_CASE("files without persons or without a creation time are understood and refused") {
    const Recognition totals = of("ruleset_id,receipt_total,open_rate\n1,200,0.4\n");
    CHECK(totals.problem.code == StatusCode::not_supported);
    CHECK(totals.problem.message.find("totals per message") != std::string::npos);
    const Recognition practice = of(
        "Ticket ID,Customer Email,Product Purchased,Customer Satisfaction Rating\n1,a@example.com,GoPro,3\n");
    CHECK(practice.problem.code == StatusCode::not_supported);
}

TEST_CASE("a file of no known kind gets roles by names and values, and the person says what it is") {
    const Recognition recognition = of("key,who,when,what\nx1,a@example.com,2026-03-01 "
                                       "10:00,hello\nx2,b@example.com,2026-03-02 10:00,again\n"
                                       "x3,a@example.com,2026-03-03 10:00,once more\n");
    CHECK(recognition.kind == TableKind::unknown);
    CHECK(recognition.columns[0].role == Role::record_id);
    CHECK(recognition.columns[1].role == Role::email);
    CHECK(recognition.columns[2].role == Role::occurred_at);
    CHECK(recognition.columns[3].role == Role::none);
    CHECK(recognition.columns[1].samples == std::vector<std::string>{"a@example.com", "b@example.com"});
    Mapping mapping = proposed_mapping(recognition);
    CHECK(check_mapping(recognition, mapping).code == StatusCode::missing);
    mapping.kind = TableKind::contacts;
    CHECK(check_mapping(recognition, mapping).ok());
}

TEST_CASE("a kind that a person has chosen is recognised with the rules of that kind") {
    RecogniseOptions options;
    options.kind = TableKind::outreaches;
    const Recognition recognition =
        of("message,recipient,created,campaign\nm1,a@example.com,2026-03-01T10:00:00Z,spring\n", options);
    CHECK(recognition.kind == TableKind::outreaches);
    CHECK(role_of(recognition, "recipient") == Role::email);
    CHECK(role_of(recognition, "campaign") == Role::campaign);
}

TEST_CASE("a file whose first line is data has no header row, and that line is not lost") {
    const std::string bytes =
        "a@example.com,2026-03-01 10:00,holdout\nb@example.com,2026-03-01 10:00,treatment\n";
    const Recognition recognition = of(bytes);
    CHECK(recognition.dialect.header_rows == 0);
    CHECK(recognition.columns[0].header == "Column 1");
    CHECK(recognition.columns[0].role == Role::email);
    CHECK(recognition.columns[2].role == Role::arm);
    CHECK(mentions(recognition.notices, "no header row"));
    Mapping mapping = proposed_mapping(recognition);
    mapping.kind = TableKind::exposure;
    const auto table = read_with(bytes, recognition, mapping);
    REQUIRE(table.ok());
    CHECK(table.value().rows == 2);
    CHECK(text(table.value(), Role::arm, 0) == "holdout");
}

TEST_CASE("a role belongs to one column") {
    const Recognition recognition =
        of("contact_id,email,created_at\nc1,a@example.com,2026-03-01T10:00:00Z\n");
    Mapping mapping = proposed_mapping(recognition);
    mapping.roles[0] = Role::email;
    const Status status = check_mapping(recognition, mapping);
    CHECK(status.code == StatusCode::bad_input);
    CHECK(status.message.find("\"contact_id\" and \"email\"") != std::string::npos);
    mapping.roles.pop_back();
    CHECK(check_mapping(recognition, mapping).code == StatusCode::misuse);
}

TEST_CASE("a missing required column is named with what it is for") {
    const Recognition recognition =
        of("contact_id,email,created_at\nc1,a@example.com,2026-03-01T10:00:00Z\n");
    Mapping mapping = proposed_mapping(recognition);
    mapping.roles[2] = Role::none;
    CHECK(check_mapping(recognition, mapping).message.find("when each contact was made") !=
          std::string::npos);
    mapping = proposed_mapping(recognition);
    mapping.roles[1] = Role::none;
    CHECK(check_mapping(recognition, mapping).message.find("who the customer is") != std::string::npos);
}

TEST_CASE("Jira in Spanish: the empty Resolved column gives way to the change of the state") {
    const Recognition recognition =
        of("Resumen,Clave de incidencia,ID de la incidencia,Estado,Informador,Creada,Resuelta,"
           "Categor\xC3\xAD"
           "a de estado cambiada,Comentario,Comentario\n"
           "Hola,IHS-5,10005,Listo,ana@example.com,18/jul/26 9:10 AM,,18/jul/26 10:53 AM,a,b\n");
    CHECK(recognition.format == "jira_issues_es");
    CHECK(role_of(recognition, "Informador") == Role::email);
    CHECK(role_of(recognition, "Categor\xC3\xAD"
                               "a de estado cambiada") == Role::closed_at);
    CHECK_FALSE(recognition.ask_date_order); // the month is a word
}

TEST_CASE("only the head of a long file is needed, and a record cut by its end is not judged") {
    std::string bytes = "contact_id,email,created_at\n";
    for (int i = 0; i < 1000; ++i)
        bytes += "c" + std::to_string(i) + ",a@example.com,2026-03-01T10:00:00Z\n";
    const Recognition recognition = recognise("test.csv", std::string_view(bytes).substr(0, 1000), false);
    CHECK(recognition.kind == TableKind::contacts);
    CHECK(recognition.problem.ok());
    const Recognition header_only = recognise("test.csv", std::string_view(bytes).substr(0, 40), false);
    CHECK(header_only.problem.ok()); // rows may follow
}

// The usual names of the columns that several layouts share: who the customer is, scores, arms. For the files
// of this folder that define layouts; macros, because parts are joined to longer lists at compile time.
#pragma once

#define PREEMPT_EMAIL_NAMES                                                                                  \
    "email|email address|e-mail address|mail|user email|customer email|contact email|requester "             \
    "email|recipient|recipient email|"                                                                       \
    "subscriber email|person email|to email"
#define PREEMPT_CUSTOMER_NAMES                                                                               \
    "customer id|user id|person id|contact id|member id|subscriber id|profile id|visitor id|braze "          \
    "id|internal customer id|"                                                                               \
    "requester id|client id|customer|user|uid"
#define PREEMPT_EXTERNAL_NAMES                                                                               \
    "external id|user external id|customer external id|requester external id|external user id|external "     \
    "customer id"
#define PREEMPT_ACCOUNT_NAMES                                                                                \
    "account id|company id|organization id|organisation id|company external id|workspace id|tenant "         \
    "id|account|account name|"                                                                               \
    "company|company name|organization|organisation|organization name|account names"
#define PREEMPT_SCORE_NAMES                                                                                  \
    "csat|csat score|csat rating|satisfaction score|satisfaction rating|satisfaction|survey "                \
    "score|survey rating|survey "                                                                            \
    "results|survey result|conversation rating|customer satisfaction|calificaci\xC3\xB3n de "                \
    "satisfacci\xC3\xB3n"
#define PREEMPT_ARM_NAMES                                                                                    \
    "arm|is holdout|holdout|in control group|control group|holdout group|experiment arm|experiment "         \
    "group|test group|variant|"                                                                              \
    "group|treatment|treated|is treated|cell"

package dev.hone.dsl;

/** Every kind of problem; stable, because people search for them. */
public enum ProblemCode {
    // the text
    YAML_SYNTAX,
    YAML_TOO_LARGE,
    YAML_UNSUPPORTED,
    DUPLICATE_KEY,
    UNKNOWN_KEY,
    MISSING_KEY,
    WRONG_TYPE,
    BAD_NAME,
    FEEL_SYNTAX,
    EDIT_REFUSED,
    // what the names mean
    DUPLICATE_ID,
    UNKNOWN_NAME,
    UNKNOWN_FIELD,
    UNKNOWN_SLOT,
    UNKNOWN_POOL,
    UNKNOWN_TOOL,
    UNKNOWN_PROVIDER,
    UNKNOWN_TARGET,
    MISSING_INPUT,
    BAD_TARGET,
    UNUSABLE_CONTROL,
    // the law
    UNBOUNDED,
    OVER_BUDGET,
    UNKNOWN_PRICE,
    SEALED_LEAK,
    SELF_GRADING,
    // while running
    INPUT_TYPE,
    MODEL_DENIED,
    MODEL_UNKNOWN,
    MODEL_UNREACHABLE,
    MODEL_FAILED,
    TOOL_FAILED,
    EXPRESSION_FAILED,
    RULE_FAILED,
    PROMPT_FAILED,
    BUDGET_EXHAUSTED,
    LEDGER_FAILED,
    BROKER_FAILED,
    DATA_DIR_IN_USE,
    CANCELLED,
    NOT_FOUND,
    INTERNAL
}

package dev.hone.cli;

/** What is compared, in the order of a report. */
enum Arm {
    SINGLE_SAMPLE("single sample"),
    IID_SAME_BUDGET("independent samples"),
    WORKFLOW("workflow"),
    SHUFFLED_FEEDBACK("shuffled feedback"),
    CONSTANT_FEEDBACK("constant feedback"),
    NO_MEMORY("no memory"),
    LENGTH_ONLY("length only");

    private final String word;

    Arm(String word) {
        this.word = word;
    }

    String word() {
        return word;
    }
}

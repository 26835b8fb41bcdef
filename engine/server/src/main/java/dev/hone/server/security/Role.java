package dev.hone.server.security;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What a caller may do. Everybody may read what their tenant has; an admin may do everything in it. */
public enum Role {
    /** Reads. */
    VIEWER,
    /** Answers what runs ask people. */
    REVIEWER,
    /** Deploys and runs workflows. */
    AUTHOR,
    /** Promotes, rolls back, and administers keys, budgets and webhooks. */
    ADMIN;

    // The same as constants, for annotations.
    public static final String MAY_VIEW = "viewer";
    public static final String MAY_REVIEW = "reviewer";
    public static final String MAY_AUTHOR = "author";
    public static final String MAY_ADMINISTER = "admin";

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The words of roles and of those that they imply; words that name no role are left out. */
    static Set<String> implied(Iterable<String> words) {
        Set<String> implied = new TreeSet<>();
        for (String word : words) {
            for (Role role : values()) {
                if (word.equals(role.word())) {
                    implied.add(VIEWER.word());
                    implied.add(word);
                    if (role == ADMIN) {
                        implied.add(REVIEWER.word());
                        implied.add(AUTHOR.word());
                    }
                }
            }
        }
        return implied;
    }
}

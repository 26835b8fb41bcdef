package dev.hone.dsl.check;

import dev.hone.dsl.Problems;

/** One thing that a workflow can get wrong. */
public interface Check {

    void check(Subject subject, Problems problems);
}

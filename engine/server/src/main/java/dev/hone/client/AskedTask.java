package dev.hone.client;

import dev.hone.engine.Question;

/** What a run of a workflow asks a person. @param workflow its name */
public record AskedTask(String workflow, Question question) {}

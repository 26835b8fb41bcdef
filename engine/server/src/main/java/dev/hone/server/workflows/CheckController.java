package dev.hone.server.workflows;

import dev.hone.dsl.Problem;
import dev.hone.engine.Engine;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Certificate;
import dev.hone.engine.compile.Program;
import dev.hone.server.error.ProblemDocument;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Role;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Post;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Optional;

/** Says of a text what is wrong with it, or what it may spend at most. Nothing is kept. */
@Controller("/api/v1/workflows/check")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Workflows")
class CheckController {

    private final Engine engine;
    private final Allowed allowed;

    CheckController(Engine engine, Allowed allowed) {
        this.engine = engine;
        this.allowed = allowed;
    }

    /**
     * Checks a workflow.
     *
     * @return all problems with their places; of a sound one its name and what it may spend at most
     */
    @Post
    Checked check(@Valid @Body SourceText workflow) {
        Source source = workflow.source();
        List<Problem> problems = engine.workshop().check(source);
        if (!problems.isEmpty()) {
            return refused(problems);
        }
        Program program = engine.workshop().compile(source);
        List<Problem> beyond = allowed.problems(program.workflow());
        if (!beyond.isEmpty()) {
            return refused(beyond);
        }
        return new Checked(List.of(), Optional.of(program.name()), Optional.of(program.certificate()));
    }

    private static Checked refused(List<Problem> problems) {
        return new Checked(
                problems.stream().map(ProblemDocument.Item::of).toList(), Optional.empty(), Optional.empty());
    }

    /**
     * @param problems none when it can run
     */
    record Checked(List<ProblemDocument.Item> problems, Optional<String> name, Optional<Certificate> certificate) {}
}

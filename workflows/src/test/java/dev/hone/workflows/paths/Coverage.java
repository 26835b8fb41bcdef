package dev.hone.workflows.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.engine.RunRequest;
import dev.hone.engine.RunResult;
import dev.hone.engine.Source;
import dev.hone.engine.StopReason;
import dev.hone.engine.compile.Program;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs of a workflow that together take every one of its sequence flows. */
record Coverage(World world) {

    /** Runs all of it, and one that a dead model stops, and one that the wall time ends. */
    List<RunResult> of(String name, String text, Try... tries) throws InterruptedException {
        Source whole = world.here(name + ".yaml", text);
        Program program = world.deploy(whole);
        List<RunResult> results = new ArrayList<>();
        for (Try one : tries) {
            results.add(run(whole, one));
        }
        world.refuseNext();
        RunResult refused = run(whole, tries[0]);
        assertThat(refused.stop().kind()).isEqualTo(StopReason.Kind.PROBLEM);
        world.holdNext();
        RunResult late =
                run(new Source(whole.file(), whole.text().replaceFirst("time: P\\w+", "time: PT0.5S")), tries[0]);
        assertThat(late.stop().kind()).isEqualTo(StopReason.Kind.TIME);

        assertThat(world.missed(program))
                .as(
                        "sequence flows of %s never taken by runs that ended so: %s",
                        name,
                        results.stream().map(result -> result.stop().toString()).toList())
                .isEmpty();
        return results;
    }

    private RunResult run(Source whole, Try one) throws InterruptedException {
        String text = whole.text();
        for (Map.Entry<String, String> other : one.variant().entrySet()) {
            assertThat(text).contains(other.getKey());
            text = text.replace(other.getKey(), other.getValue());
        }
        RunRequest request = RunRequest.of(one.inputs()).withSeed(1);
        for (Map.Entry<String, Object> param : one.params().entrySet()) {
            request = request.withParam(param.getKey(), param.getValue());
        }
        return world.run(world.deploy(new Source(whole.file(), text)), request, one.models(), one.people());
    }
}

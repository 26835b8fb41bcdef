package dev.hone.server.workflows;

import dev.hone.dsl.Where;
import dev.hone.dsl.edit.Changes;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.Source;
import dev.hone.engine.compile.Certificate;
import dev.hone.engine.compile.Program;
import dev.hone.engine.ledger.DeploymentPage;
import dev.hone.server.Own;
import dev.hone.server.Page;
import dev.hone.server.audit.Audit;
import dev.hone.server.security.Allowed;
import dev.hone.server.security.Caller;
import dev.hone.server.security.Role;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.scheduling.TaskExecutors;
import io.micronaut.scheduling.annotation.ExecuteOn;
import io.micronaut.security.annotation.Secured;
import io.micronaut.security.authentication.Authentication;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The workflows that a tenant has deployed, and their versions. */
@Controller("/api/v1/workflows")
@Secured(Role.MAY_VIEW)
@ExecuteOn(TaskExecutors.BLOCKING)
@Tag(name = "Workflows")
class WorkflowController {

    private static final String VERSION = "/{name}/versions/{version}";

    private final Engine engine;
    private final Own own;
    private final Allowed allowed;
    private final Audit audit;

    WorkflowController(Engine engine, Own own, Allowed allowed, Audit audit) {
        this.engine = engine;
        this.own = own;
        this.allowed = allowed;
        this.audit = audit;
    }

    /**
     * Deploys a workflow: its next version, unless it says what the latest one says.
     *
     * @return the latest version, then
     */
    @Post
    @Secured(Role.MAY_AUTHOR)
    @ApiResponse(responseCode = "201", description = "The latest version, then.")
    HttpResponse<WorkflowView.Line> deploy(@Valid @Body SourceText workflow, Authentication who) {
        Caller caller = Caller.of(who);
        Source source = workflow.source();
        Program program = allowed.require(engine.workshop().compile(source));
        caller.requireUse(program.name());
        WorkflowView.Line line =
                WorkflowView.Line.of(engine.deployments().deploy(caller.tenant(), caller.name(), source));
        audit.record(
                caller, "workflow.deploy", line.name(), Map.of("version", line.version(), "program", line.program()));
        return HttpResponse.created(
                line, URI.create("/api/v1/workflows/" + line.name() + "/versions/" + line.version()));
    }

    /**
     * Lists the workflows by name, each with its latest version.
     *
     * @param after the cursor of the part before
     * @param limit how many at the most
     */
    @Get
    Page<WorkflowView.Line> list(
            @Nullable @QueryValue String after, @QueryValue(defaultValue = Page.USUAL) int limit, Authentication who) {
        Caller caller = Caller.of(who);
        DeploymentPage page = engine.deployments().page(caller.tenant(), Optional.ofNullable(after), limit);
        return new Page<>(
                page.deployments().stream()
                        .filter(deployment -> caller.mayUse(deployment.workflow()))
                        .map(WorkflowView.Line::of)
                        .toList(),
                page.next());
    }

    /** The latest version of a workflow. */
    @Get("/{name}")
    WorkflowView.Whole latest(String name, Authentication who) {
        return WorkflowView.Whole.of(own.workflow(Caller.of(who), name, null));
    }

    /** The versions of a workflow, newest first. */
    @Get("/{name}/versions")
    List<WorkflowView.Line> versions(String name, Authentication who) {
        Caller caller = Caller.of(who);
        caller.requireUse(name);
        return engine.deployments().versions(caller.tenant(), name).stream()
                .map(WorkflowView.Line::of)
                .toList();
    }

    /**
     * Says in words what one version says differently from another: a sentence each, none when they say the same.
     *
     * @param from the version before
     * @param to the version after; the latest if it is not said
     */
    @Get("/{name}/diff")
    List<String> diff(String name, @QueryValue int from, @Nullable @QueryValue Integer to, Authentication who) {
        Caller caller = Caller.of(who);
        return Changes.between(
                own.workflow(caller, name, from).program().workflow(),
                own.workflow(caller, name, to).program().workflow());
    }

    /** One version of a workflow. */
    @Get(VERSION)
    WorkflowView.Whole version(String name, int version, Authentication who) {
        return WorkflowView.Whole.of(deployed(name, version, who));
    }

    /** The process that the broker runs, with its diagram, as BPMN 2.0. */
    @Get(value = VERSION + "/bpmn", produces = MediaType.APPLICATION_XML)
    String bpmn(String name, int version, Authentication who) {
        return deployed(name, version, who).program().bpmn();
    }

    /** The diagram as a picture. */
    @Get(value = VERSION + "/diagram", produces = "image/svg+xml")
    String diagram(String name, int version, Authentication who) {
        return deployed(name, version, who).program().picture();
    }

    /** The rules as DRL, for reading. */
    @Get(value = VERSION + "/rules", produces = MediaType.TEXT_PLAIN)
    String rules(String name, int version, Authentication who) {
        return deployed(name, version, who).program().rules();
    }

    /** Where the elements of the diagram stand, by their ids: x, y, width and height. */
    @Get(VERSION + "/layout")
    Map<String, Bounds> layout(String name, int version, Authentication who) {
        return Bounds.of(deployed(name, version, who).program().bpmn());
    }

    /** Where in the text each element of the process comes from. */
    @Get(VERSION + "/source-map")
    Map<String, Where> sourceMap(String name, int version, Authentication who) {
        return new TreeMap<>(deployed(name, version, who).program().sources());
    }

    /** The most that a run can spend, and why it ends. */
    @Get(VERSION + "/certificate")
    Certificate certificate(String name, int version, Authentication who) {
        return deployed(name, version, who).program().certificate();
    }

    private Deployed deployed(String name, int version, Authentication who) {
        return own.workflow(Caller.of(who), name, version);
    }
}

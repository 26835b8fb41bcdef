package dev.hone.server.security;

import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.dsl.Slot;
import dev.hone.dsl.Step;
import dev.hone.dsl.Workflow;
import dev.hone.engine.EngineException;
import dev.hone.engine.compile.Program;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What workflows that come over HTTP may not do unless the operator allows it: start programs of the machine, ask addresses
 * of the author's choice, send secrets of the author's choice, train elsewhere. Whoever writes a file on the machine itself may do all of it;
 * whoever sends one need not be trusted so far.
 *
 * <p>Rules in DRL are not taken by the engine at all unless it is {@code hone.trusted}. What tools such as {@code http}, {@code
 * sql} and {@code mcp} reach has been named by the operator, in the variables of each.
 */
@Singleton
public final class Allowed {

    /** Tools that hand control to a program of the machine, or to a machine elsewhere. */
    private static final Map<String, String> GUARDED = Map.of(
            "command", "starts programs of the server's machine",
            "external", "starts trainings outside of the server");

    /** The variable with the key of each provider that has one. */
    private static final Map<String, String> OWN = Map.of(
            "openai", "OPENAI_API_KEY",
            "anthropic", "ANTHROPIC_API_KEY",
            "gemini", "GEMINI_API_KEY",
            "mistral", "MISTRAL_API_KEY",
            "azure", "AZURE_OPENAI_API_KEY",
            "bedrock", "AWS_BEARER_TOKEN_BEDROCK");

    private static final String ENV = "env:";

    private final AllowSettings settings;

    Allowed(AllowSettings settings) {
        this.settings = settings;
    }

    /** @throws EngineException with all problems, each with its place in the file */
    public Program require(Program program) {
        List<Problem> problems = problems(program.workflow());
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
        return program;
    }

    /**
     * That models of a caller's choice do not get the secret that a slot has for another provider.
     *
     * @param models by slot
     * @throws EngineException with all problems
     */
    public void require(Workflow workflow, Map<String, String> models) {
        List<Problem> problems = new ArrayList<>();
        models.forEach((name, model) -> {
            if (workflow.slots().get(name) instanceof Slot.ModelSlot slot
                    && slot.key().isPresent()) {
                String variable = variable(slot.key().get().name());
                if (!settings.secrets().contains(variable) && !isOwn(variable, provider(model))) {
                    problems.add(Problem.at(
                            slot.key().get().where(),
                            ProblemCode.NOT_ALLOWED,
                            "the slot " + name + " would send the secret " + variable + " to " + model + ".",
                            "Choose a model of the slot's own provider, or deploy the workflow without the key."));
                }
            }
        });
        if (!problems.isEmpty()) {
            throw new EngineException(problems);
        }
    }

    /** In the order of the file. */
    public List<Problem> problems(Workflow workflow) {
        List<Problem> problems = new ArrayList<>();
        workflow.slots().values().forEach(slot -> {
            switch (slot) {
                case Slot.ModelSlot model -> model(model, problems);
                case Slot.ScorerSlot scorer -> tool(scorer.tool(), problems);
                case Slot.ToolSlot held -> tool(held.tool(), problems);
                case Slot.ValueSlot value -> {}
            }
        });
        Set<String> slots = workflow.slots().keySet();
        Stream.concat(
                        workflow.steps().flatMap(Allowed::tool),
                        workflow.measure().checks().stream().map(Workflow.Check::tool))
                .filter(name -> !slots.contains(name.name()))
                .forEach(name -> tool(name, problems));
        return problems;
    }

    private static Stream<Workflow.Name> tool(Step step) {
        return switch (step) {
            case Step.Exec exec -> Stream.of(exec.tool());
            case Step.Train train -> Stream.of(train.trainer());
            default -> Stream.empty();
        };
    }

    private void tool(Workflow.Name name, List<Problem> problems) {
        String why = GUARDED.get(name.name());
        if (why != null && !settings.tools().contains(name.name())) {
            problems.add(Problem.at(
                    name.where(),
                    ProblemCode.NOT_ALLOWED,
                    "the tool " + name.name() + " " + why + ", which callers of this server may not.",
                    "Do without it, or ask the operator to add it to hone.allow.tools."));
        }
    }

    private void model(Slot.ModelSlot slot, List<Problem> problems) {
        slot.baseUrl()
                .filter(url -> !allowed(url.name()))
                .ifPresent(url -> problems.add(Problem.at(
                        url.where(),
                        ProblemCode.NOT_ALLOWED,
                        "the slot " + slot.name() + " asks " + url.name()
                                + ", and callers of this server may not choose addresses.",
                        "Leave baseUrl away, or ask the operator to add the host to hone.allow.base-urls.")));
        slot.key()
                .filter(key -> !allowed(key.name(), slot))
                .ifPresent(key -> problems.add(Problem.at(
                        key.where(),
                        ProblemCode.NOT_ALLOWED,
                        "the slot " + slot.name() + " sends the secret " + key.name()
                                + ", which callers of this server may not name.",
                        "Leave key away, or ask the operator to add the variable to hone.allow.secrets.")));
    }

    /** By the whole host, not a part of it. */
    private boolean allowed(String url) {
        try {
            URI address = URI.create(url);
            String host = address.getHost();
            if (host == null || address.getRawUserInfo() != null) {
                return false;
            }
            String name = host.toLowerCase(Locale.ROOT);
            return settings.baseUrls().contains(name) || settings.baseUrls().contains(name + ":" + port(address));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int port(URI address) {
        return address.getPort() >= 0 ? address.getPort() : "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    /** The provider's own key goes to the provider alone: with an address of the author's it is another's. */
    private boolean allowed(String key, Slot.ModelSlot slot) {
        String variable = variable(key);
        return settings.secrets().contains(variable)
                || slot.baseUrl().isEmpty()
                        && slot.models().stream().allMatch(model -> isOwn(variable, provider(model.name())));
    }

    private static String variable(String key) {
        return key.startsWith(ENV) ? key.substring(ENV.length()) : key;
    }

    /** Whether a variable holds the key of a provider. */
    private static boolean isOwn(String variable, String provider) {
        return variable.equals(OWN.get(provider));
    }

    private static String provider(String model) {
        return model.substring(0, Math.max(0, model.indexOf('/')));
    }
}

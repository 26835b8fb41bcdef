package dev.hone.server.offer;

import dev.hone.dsl.Nearest;
import dev.hone.dsl.Problem;
import dev.hone.dsl.ProblemCode;
import dev.hone.engine.Deployed;
import dev.hone.engine.Engine;
import dev.hone.engine.EngineException;
import dev.hone.engine.ledger.Deployment;
import dev.hone.engine.ledger.DeploymentPage;
import dev.hone.engine.ledger.RunQuery;
import dev.hone.server.security.Caller;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a tenant has deployed, and what the catalogue has beside it. */
@Singleton
final class TenantOffers implements Offers {

    private static final System.Logger LOG = System.getLogger(TenantOffers.class.getName());

    private final Engine engine;
    private final CatalogueOffers catalogue;
    private final Calls calls;

    TenantOffers(Engine engine, CatalogueOffers catalogue, Calls calls) {
        this.engine = engine;
        this.catalogue = catalogue;
        this.calls = calls;
    }

    @Override
    public List<Offer> list(Caller caller) {
        Map<String, Offer> offers = new TreeMap<>();
        catalogue.all().forEach(offer -> offers.put(offer.name(), offer));
        deployments(caller.tenant())
                .forEach(deployment -> offer(deployment).ifPresent(offer -> offers.put(offer.name(), offer)));
        return offers.values().stream()
                .filter(offer -> caller.mayUse(offer.name()))
                .filter(offer -> calls.refusal(offer).isEmpty())
                .toList();
    }

    private List<Deployment> deployments(String tenant) {
        List<Deployment> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            DeploymentPage page = engine.deployments().page(tenant, after, RunQuery.MOST);
            all.addAll(page.deployments());
            after = page.next();
        } while (after.isPresent());
        return all;
    }

    /** One that this version of Hone cannot run keeps nobody from the others. */
    private Optional<Offer> offer(Deployment deployment) {
        try {
            return Optional.of(offer(engine.deployments()
                    .get(deployment.tenant(), deployment.workflow(), Optional.of(deployment.version()))));
        } catch (EngineException e) {
            LOG.log(System.Logger.Level.WARNING, "{0} is not offered: {1}", deployment.workflow(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Offer offer(Deployed deployed) {
        Deployment deployment = deployed.deployment();
        return new Offer(
                deployed.program(),
                deployed.source(),
                Optional.of(deployment.version()),
                deployment.by(),
                deployment.at());
    }

    @Override
    public Offer find(Caller caller, String name, Optional<Integer> version) {
        caller.requireUse(name);
        try {
            return offer(engine.deployments().get(caller.tenant(), name, version));
        } catch (EngineException e) {
            boolean absent = e.problems().getFirst().code() == ProblemCode.NOT_FOUND;
            if (!absent || version.isPresent()) {
                throw e;
            }
        }
        return catalogue.find(name).orElseThrow(() -> unknown(caller, name));
    }

    private EngineException unknown(Caller caller, String name) {
        List<String> names = list(caller).stream().map(Offer::name).toList();
        return new EngineException(List.of(Problem.of(
                ProblemCode.NOT_FOUND,
                "there is no workflow " + name + " here.",
                Nearest.to(name, names)
                        .map(near -> "Did you mean " + near + "?")
                        .orElse("Deploy it, or name one that GET /v1/models lists."))));
    }
}

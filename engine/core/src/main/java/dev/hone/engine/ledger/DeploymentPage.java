package dev.hone.engine.ledger;

import java.util.List;
import java.util.Optional;

/**
 * Some of the workflows of a tenant, by name, each with its latest version.
 *
 * @param next with which the next page is asked for; empty when this is the last
 */
public record DeploymentPage(List<Deployment> deployments, Optional<String> next) {

    public DeploymentPage {
        deployments = List.copyOf(deployments);
    }
}

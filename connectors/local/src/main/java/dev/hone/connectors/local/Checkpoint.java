package dev.hone.connectors.local;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.transformer.Transformer;

/** The shipped models: their names, roles and weights. Critic and editor are one network in two roles. */
enum Checkpoint {
    GENERATOR("listprog-gen", ListprogRole.GENERATOR, "listprog-gen.bin"),
    APPRENTICE("listprog-gen-apprentice", ListprogRole.GENERATOR, "listprog-gen-apprentice.bin"),
    CRITIC("listprog-critic", ListprogRole.CRITIC, "listprog-feedback.bin"),
    EDITOR("listprog-editor", ListprogRole.EDITOR, "listprog-feedback.bin");

    private final String model;
    private final ListprogRole role;
    private final String file;

    Checkpoint(String model, ListprogRole role, String file) {
        this.model = model;
        this.role = role;
        this.file = file;
    }

    String model() {
        return model;
    }

    ListprogRole role() {
        return role;
    }

    /** @throws ConnectorException of kind BROKEN when the weights are missing or damaged */
    Transformer network() throws ConnectorException {
        return WeightsFolder.shipped().network(file);
    }
}

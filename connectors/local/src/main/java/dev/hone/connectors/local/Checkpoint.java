package dev.hone.connectors.local;

import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.local.transformer.Transformer;
import java.util.Arrays;
import java.util.Optional;

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

    /** Empty when there is none of that name. */
    static Optional<Checkpoint> named(String model) {
        return Arrays.stream(values())
                .filter(known -> known.model.equals(model))
                .findFirst();
    }

    String model() {
        return model;
    }

    ListprogRole role() {
        return role;
    }

    /** Of its weights. */
    String file() {
        return file;
    }

    /** @throws ConnectorException of kind BROKEN when the weights are missing or damaged */
    Transformer network() throws ConnectorException {
        return WeightsFolder.shipped().network(file);
    }
}

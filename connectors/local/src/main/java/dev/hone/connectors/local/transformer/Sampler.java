package dev.hone.connectors.local.transformer;

import dev.hone.connectors.local.listprog.Op;
import dev.hone.connectors.local.listprog.Program;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Draws programs and critiques from a model. The grammar is enforced: a program has one to four operations, a critique is
 * one of the critique tokens.
 *
 * @param temperature 0 takes the likeliest token each time; finite and not negative
 * @param maxTokens the most tokens to draw; at least 1
 */
public record Sampler(double temperature, int maxTokens, SplittableRandom random) {

    /** Where a generator's writing begins. */
    public static final int PROGRAM_POSITION = 1;

    /** The most tokens that a program takes: four operations need no end mark. */
    public static final int LONGEST = Program.MAX_LENGTH;

    /**
     * A program that was drawn.
     *
     * @param read tokens processed before the first was drawn
     * @param written tokens drawn, an end mark included
     * @param finished whether the model, not {@code maxTokens}, ended it
     */
    public record Sample(Program program, int read, int written, boolean finished) {}

    public Sampler(double temperature, SplittableRandom random) {
        this(temperature, LONGEST, random);
    }

    /**
     * A program from a generator.
     *
     * @param start the operations it begins with; fewer than four
     */
    public Sample program(Reading reading, List<Op> start) {
        Writing writing = reading.write(PROGRAM_POSITION);
        float[] logits = writing.append(Token.START);
        for (Op op : start) {
            logits = writing.append(op.ordinal());
        }
        return draw(writing, logits, start, reading.tokens() + 1 + start.size());
    }

    /**
     * Another program from a generator that has written the start mark and nothing else.
     *
     * @param first the logits of the first token, [Token.COUNT]
     */
    public Sample program(Writing started, float[] first) {
        return draw(started.copy(), first.clone(), List.of(), 1);
    }

    /** A program from an editor that is given a critique token, or {@link Token#NOTHING}. */
    public Sample edit(Reading reading, int critique) {
        Writing writing = reading.write(0);
        writing.append(Token.START);
        return draw(writing, writing.append(critique), List.of(), reading.tokens() + 2);
    }

    /** A critique token from a critic: one of the draft's positions, {@link Token#REWRITE} or {@link Token#NO_ISSUE}. */
    public int critique(Reading reading, int draftLength) {
        return critique(reading, IntStream.range(0, draftLength).boxed().collect(Collectors.toSet()));
    }

    /**
     * A critique token from a critic that may name only some positions.
     *
     * @param positions of the draft, from 0; with none of them it is {@link Token#REWRITE} or {@link Token#NO_ISSUE}
     */
    public int critique(Reading reading, Set<Integer> positions) {
        float[] logits = reading.write(0).append(Token.START);
        for (int token = 0; token < Token.COUNT; token++) {
            boolean position = positions.contains(token - Token.FIRST_POSITION);
            if (!position && token != Token.REWRITE && token != Token.NO_ISSUE) {
                logits[token] = Float.NEGATIVE_INFINITY;
            }
        }
        return draw(logits);
    }

    private Sample draw(Writing writing, float[] first, List<Op> start, int read) {
        List<Op> ops = new ArrayList<>(start);
        float[] logits = first;
        int written = 0;
        while (ops.size() < Program.MAX_LENGTH && written < maxTokens) {
            int token = next(logits, ops.isEmpty());
            written++;
            if (token == Token.END) {
                return new Sample(new Program(ops), read, written, true);
            }
            ops.add(Op.all().get(token));
            if (ops.size() < Program.MAX_LENGTH && written < maxTokens) {
                logits = writing.append(token);
            }
        }
        return new Sample(new Program(ops), read, written, ops.size() == Program.MAX_LENGTH);
    }

    /**
     * The next token of a program: an operation, or its end.
     *
     * @param logits [Token.COUNT]; those of other tokens are overwritten
     * @param first whether it is the program's first, which cannot be its end
     */
    public int next(float[] logits, boolean first) {
        int allowed = first ? Token.END : Token.END + 1;
        Arrays.fill(logits, allowed, logits.length, Float.NEGATIVE_INFINITY);
        return draw(logits);
    }

    private int draw(float[] logits) {
        int likeliest = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[likeliest]) {
                likeliest = token;
            }
        }
        if (temperature == 0) {
            return likeliest;
        }
        double[] weights = new double[logits.length];
        double sum = 0;
        for (int token = 0; token < logits.length; token++) {
            weights[token] = Math.exp((logits[token] - logits[likeliest]) / temperature);
            sum += weights[token];
        }
        double left = random.nextDouble() * sum;
        for (int token = 0; token < weights.length; token++) {
            left -= weights[token];
            if (left < 0) {
                return token;
            }
        }
        return likeliest;
    }
}

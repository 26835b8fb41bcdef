package dev.hone.connectors.embed.follower;

import dev.hone.connectors.api.CallContext;
import dev.hone.connectors.api.ConnectorException;
import dev.hone.connectors.api.ConnectorException.Kind;
import dev.hone.connectors.api.Embedder;
import dev.hone.connectors.api.Model;
import dev.hone.connectors.api.ModelReply;
import dev.hone.connectors.api.ModelReply.Finish;
import dev.hone.connectors.api.ModelRequest;
import dev.hone.connectors.api.ModelRequest.Message;
import dev.hone.connectors.api.Usage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Follows an instruction as well as a sentence embedding understands it: it compares the instruction with a sentence about each
 * of its {@link Skill skills}, draws one of them, the likelier the more similar (a softmax of the cosines at a twentieth of the
 * temperature), and does that to the item. It knows of no task, learns nothing, and can do nothing else, so the wording decides.
 *
 * <p>It reads the prompt: what stands behind the last {@value #MARK} is the item, up to the end of the line, and what stands
 * before it the instruction. Without the mark the item is the last line.
 */
final class Follower implements Model {

    static final String MARK = "Input:";

    private static final double SHARPNESS = 20;
    private static final int LONGEST = 100_000;
    private static final int LONGEST_ITEM = 1_000;
    private static final int CHARACTERS_A_TOKEN = 4;
    private static final int KEPT = 1_000;

    private final Embedder embedder;

    /** Empty until the first call. */
    private volatile float[][] skills = {};

    /** The cosines of instructions that came lately with each skill. */
    private final Map<String, double[]> understood = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, double[]> eldest) {
            return size() > KEPT;
        }
    };

    Follower(Embedder embedder) {
        this.embedder = embedder;
    }

    /** What it is told to do, and to what. */
    private record Told(String instruction, String item) {

        static Told of(String prompt) throws ConnectorException {
            String text = prompt.strip();
            int mark = text.lastIndexOf(MARK);
            int line = text.lastIndexOf('\n');
            String instruction = mark >= 0 ? text.substring(0, mark) : text.substring(0, Math.max(0, line));
            String item = (mark >= 0 ? text.substring(mark + MARK.length()) : text.substring(line + 1))
                    .strip()
                    .lines()
                    .findFirst()
                    .orElse("");
            if (item.isBlank()) {
                throw bad(
                        "there is nothing behind '" + MARK + "' in the prompt", "end it with 'Input: ' and some words");
            }
            if (item.length() > LONGEST_ITEM) {
                throw bad("the item has " + item.length() + " characters", "give it at most " + LONGEST_ITEM);
            }
            return new Told(instruction.strip(), item.strip());
        }
    }

    @Override
    public Usage atMost(ModelRequest request) {
        return new Usage(1, read(request), request.maxTokens(), 0);
    }

    @Override
    public ModelReply generate(ModelRequest request, CallContext context) throws ConnectorException {
        if (context.cancellation().cancelled()) {
            throw new ConnectorException(Kind.CANCELLED, "the run was cancelled", "start it again");
        }
        if (!context.timeout().isPositive()) {
            throw new ConnectorException(Kind.TIMEOUT, "no time was left for the call", "give the step more time");
        }
        request.refuseImages("minilm/follower");
        double temperature = request.temperature().orElse(1.0);
        if (!Double.isFinite(temperature) || temperature < 0) {
            throw bad("the temperature is " + temperature, "give a temperature of 0 or more, or none");
        }
        String prompt = request.messages().getLast().text();
        if (prompt.length() > LONGEST) {
            throw bad("the prompt has " + prompt.length() + " characters", "give it at most " + LONGEST);
        }
        Told told = Told.of(prompt);
        Skill skill = drawn(cosines(told.instruction()), temperature, new SplittableRandom(context.seed()));
        String said = skill.apply(told.item());
        int most = (int) Math.min(said.length(), (long) request.maxTokens() * CHARACTERS_A_TOKEN);
        return new ModelReply(
                said.substring(0, most),
                most < said.length() ? Finish.LENGTH : Finish.STOP,
                new Usage(1, read(request), Math.ceilDiv(most, CHARACTERS_A_TOKEN), 0),
                "follower-" + context.seed());
    }

    @Override
    public boolean inProcess() {
        return true;
    }

    private static long read(ModelRequest request) {
        long characters = 0;
        for (Message message : request.messages()) {
            characters += message.text().length();
        }
        return Math.ceilDiv(characters, CHARACTERS_A_TOKEN);
    }

    /** How near the instruction is to each skill; a call that comes while another computes the same computes it, too. */
    private double[] cosines(String instruction) throws ConnectorException {
        synchronized (understood) {
            double[] known = understood.get(instruction);
            if (known != null) {
                return known;
            }
        }
        float[] meant = embedder.embed(instruction);
        float[][] about = skills();
        double[] cosines = new double[about.length];
        for (int skill = 0; skill < about.length; skill++) {
            for (int i = 0; i < meant.length; i++) {
                cosines[skill] += (double) about[skill][i] * meant[i];
            }
        }
        synchronized (understood) {
            understood.put(instruction, cosines);
        }
        return cosines;
    }

    /** The vectors of all skills, in their order. */
    private float[][] skills() throws ConnectorException {
        float[][] known = skills;
        if (known.length == 0) {
            known = new float[Skill.values().length][];
            for (Skill skill : Skill.values()) {
                known[skill.ordinal()] = embedder.embed(skill.description());
            }
            skills = known;
        }
        return known;
    }

    private static Skill drawn(double[] cosines, double temperature, SplittableRandom chance) {
        int best = 0;
        for (int i = 1; i < cosines.length; i++) {
            best = cosines[i] > cosines[best] ? i : best;
        }
        if (temperature == 0) {
            return Skill.values()[best];
        }
        double[] weights = new double[cosines.length];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = StrictMath.exp(SHARPNESS * (cosines[i] - cosines[best]) / temperature);
            sum += weights[i];
        }
        double left = chance.nextDouble() * sum;
        for (int i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return Skill.values()[i];
            }
        }
        return Skill.values()[best];
    }

    private static ConnectorException bad(String what, String fix) {
        return new ConnectorException(Kind.BAD_INPUT, what, fix);
    }
}

package dev.hone.connectors.local.transformer;

import java.util.Arrays;
import java.util.List;

/**
 * Forward and backward pass of a model's last MLP and its logits with a {@link Patch}, written by hand: the loss is the
 * weighted mean, over programs, of the cross-entropy of their tokens, in nats, among the tokens that a program may have there.
 */
final class PatchTraining {

    private final Mlp mlp;
    private final LayerNorm norm;
    private final LinearMap logits;
    private final TransformerShape shape;

    PatchTraining(Transformer model) {
        this.shape = model.shape();
        this.mlp = model.lastMlp();
        this.norm = model.norm();
        this.logits = model.logits();
    }

    /** The weighted mean loss of the lessons; 0 without any. */
    double loss(Patch patch, List<Lesson> lessons) {
        double sum = 0;
        double weights = 0;
        for (Lesson lesson : lessons) {
            sum += lesson.weight() * new Pass(patch, lesson).loss();
            weights += lesson.weight();
        }
        return weights == 0 ? 0 : sum / weights;
    }

    /** Adds the gradient of the lessons' weighted mean loss to {@code gradient}, and returns that loss. */
    double backward(Patch patch, List<Lesson> lessons, Patch gradient) {
        double weights = lessons.stream().mapToDouble(Lesson::weight).sum();
        double sum = 0;
        for (Lesson lesson : lessons) {
            Pass pass = new Pass(patch, lesson);
            sum += lesson.weight() * pass.loss();
            pass.backward(lesson.weight() / weights, gradient);
        }
        return sum / weights;
    }

    /** What a pass over one lesson has computed. */
    private final class Pass {

        private final Patch patch;
        private final Lesson lesson;
        private final float[] active;
        private final float[][] throughUp;
        private final float[][] throughDown;
        private final LayerNorm.Normed normed;
        private final double[] probabilities;

        Pass(Patch patch, Lesson lesson) {
            this.patch = patch;
            this.lesson = lesson;
            int places = lesson.places();
            int width = shape.width();
            int hidden = shape.hidden();
            active = lesson.hidden().clone();
            throughUp = new float[places][];
            throughDown = new float[places][];
            for (int place = 0; place < places; place++) {
                throughUp[place] = patch.up().through(lesson.normed(), place * width);
                patch.up().add(throughUp[place], active, place * hidden);
            }
            for (int i = 0; i < active.length; i++) {
                active[i] = Math.max(0, active[i]);
            }
            float[] y = mlp.down().apply(active, places);
            Vectors.add(y, lesson.residual());
            for (int place = 0; place < places; place++) {
                throughDown[place] = patch.down().through(active, place * hidden);
                patch.down().add(throughDown[place], y, place * width);
            }
            normed = norm.normed(y, places);
            probabilities = new double[places * Patch.TOKENS];
            float[] scores = logits.apply(normed.values(), places);
            for (int place = 0; place < places; place++) {
                probabilities(place, scores);
            }
        }

        /** The first token cannot be the end. */
        private void probabilities(int place, float[] scores) {
            int allowed = place == 0 ? Token.END : Patch.TOKENS;
            int at = place * Patch.TOKENS;
            int width = shape.width();
            double largest = Double.NEGATIVE_INFINITY;
            for (int token = 0; token < allowed; token++) {
                float score = scores[place * logits.outputs() + token] + patch.bias()[token];
                for (int i = 0; i < width; i++) {
                    score += patch.matrix()[token * width + i] * normed.values()[place * width + i];
                }
                probabilities[at + token] = score;
                largest = Math.max(largest, score);
            }
            double sum = 0;
            for (int token = 0; token < allowed; token++) {
                probabilities[at + token] = Math.exp(probabilities[at + token] - largest);
                sum += probabilities[at + token];
            }
            for (int token = 0; token < allowed; token++) {
                probabilities[at + token] /= sum;
            }
        }

        double loss() {
            double loss = 0;
            for (int place = 0; place < lesson.places(); place++) {
                loss -= Math.log(
                        Math.max(Double.MIN_NORMAL, probabilities[place * Patch.TOKENS + lesson.targets()[place]]));
            }
            return loss;
        }

        void backward(double weight, Patch gradient) {
            int places = lesson.places();
            int width = shape.width();
            int hidden = shape.hidden();
            float[] dNormed = new float[places * width];
            for (int place = 0; place < places; place++) {
                for (int token = 0; token < Patch.TOKENS; token++) {
                    double wanted = token == lesson.targets()[place] ? 1 : 0;
                    float d = (float) (weight * (probabilities[place * Patch.TOKENS + token] - wanted));
                    if (d == 0) {
                        continue;
                    }
                    gradient.bias()[token] += d;
                    for (int i = 0; i < width; i++) {
                        gradient.matrix()[token * width + i] += d * normed.values()[place * width + i];
                        dNormed[place * width + i] += d * (logits.weight(i, token) + patch.matrix()[token * width + i]);
                    }
                }
            }
            float[] dy = norm.backward(dNormed, normed, places);
            float[] dHidden = mlp.down().backward(dy, active, places);
            for (int place = 0; place < places; place++) {
                float[] dz = patch.down()
                        .backward(active, place * hidden, throughDown[place], dy, place * width, gradient.down());
                for (int k = 0; k < dz.length; k++) {
                    for (int h = 0; h < hidden; h++) {
                        dHidden[place * hidden + h] += dz[k] * patch.down().in()[k * hidden + h];
                    }
                }
                for (int h = place * hidden; h < (place + 1) * hidden; h++) {
                    if (active[h] <= 0) {
                        dHidden[h] = 0;
                    }
                }
                patch.up()
                        .backward(
                                lesson.normed(),
                                place * width,
                                throughUp[place],
                                dHidden,
                                place * hidden,
                                gradient.up());
            }
        }
    }

    /** Sets all numbers to zero. */
    static void clear(Patch gradient) {
        for (float[] array : gradient.arrays()) {
            Arrays.fill(array, 0);
        }
    }
}

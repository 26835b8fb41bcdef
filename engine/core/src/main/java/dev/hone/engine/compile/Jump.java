package dev.hone.engine.compile;

import java.util.Optional;

/**
 * A way that a rule may send the flow from the job of one element.
 *
 * @param element the element whose job raises it
 * @param code the BPMN error code, for example {@code exit:search}
 * @param host the element whose boundary catches it: the element itself, or the outermost map left by the jump
 * @param target the id of the element where the flow goes on
 * @param counter the variable of the loop's rounds that grows by one on the way, where the jump begins another round
 */
record Jump(String element, String code, String host, String target, Optional<String> counter) {

    static String exit(String loop) {
        return "exit:" + loop;
    }

    static String restart(String loop) {
        return "restart:" + loop;
    }

    static String resume(String step) {
        return "resume:" + step;
    }

    static String to(String step) {
        return "goto:" + step;
    }
}

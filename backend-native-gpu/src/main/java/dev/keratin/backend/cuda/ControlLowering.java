package dev.keratin.backend.cuda;

import dev.keratin.backend.ir.Cond;
import dev.keratin.backend.ir.Node;
import dev.keratin.backend.ir.Scan;
import dev.keratin.backend.ir.Value;
import dev.keratin.backend.ir.While;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes control flow as steps in which the host runs the plans of bodies. */
final class ControlLowering {
    private ControlLowering() {}

    /** A plan that a step runs in scratch of its own. */
    private static final class Body {
        private final Plan plan;
        private final Slot memory;
        private final IndexGuard guard;
        private final long[] bases;

        Body(Plan plan, Code code) {
            this.plan = plan;
            this.memory = code.scratch(plan.memoryBytes());
            this.guard = code.guard();
            this.bases = plan.bases();
        }

        void argument(int index, long address) {
            bases[Slot.FIRST_PARAMETER + index] = address;
        }

        void result(int index, long address) {
            bases[Slot.FIRST_PARAMETER + plan.parameters() + index] = address;
        }

        void run(Frame frame) {
            bases[Slot.ARENA] = frame.at(memory);
            plan.run(new Frame(frame.driver(), bases));
        }

        /** Whether a value holds; it is believed only if no index before it was out of range. */
        boolean isTrue(Frame frame, Slot value) {
            guard.require();
            ByteBuffer answer = ByteBuffer.allocateDirect(1);
            frame.driver().copyOut(frame.at(value), answer);
            return answer.get(0) != 0;
        }
    }

    /** A value that changes from one run of a body to the next: it alternates between its result and scratch. */
    private static final class State {
        private final Slot from;
        private final Slot to;
        private final Slot other;
        private final long bytes;
        private long now;

        State(Value from, Value to, Code code) {
            this.from = code.slot(from);
            this.to = code.slot(to);
            this.bytes = from.type().byteSize();
            this.other = code.scratch(bytes);
        }

        static List<State> of(List<Value> from, List<Value> to, Code code) {
            List<State> states = new ArrayList<>();
            for (int i = 0; i < from.size(); i++) {
                states.add(new State(from.get(i), to.get(i), code));
            }
            return states;
        }

        void begin(Frame frame) {
            now = frame.at(from);
        }

        /** Where the next value goes. */
        long next(Frame frame) {
            return now == frame.at(to) ? frame.at(other) : frame.at(to);
        }

        void finish(Frame frame) {
            if (now != frame.at(to) && bytes > 0) {
                frame.driver().copy(now, frame.at(to), bytes);
            }
        }
    }

    static void cond(Node node, Code code) {
        Cond cond = (Cond) node.op();
        Slot predicate = code.slot(node.inputs().get(0));
        List<Slot> arguments = node.inputs().stream().skip(1).map(code::slot).toList();
        List<Slot> results = node.outputs().stream().map(code::slot).toList();
        Body yes = new Body(code.body(cond.thenProgram()), code);
        Body no = new Body(code.body(cond.elseProgram()), code);
        code.addOnHost("cond", frame -> {
            Body body = yes.isTrue(frame, predicate) ? yes : no;
            for (int i = 0; i < arguments.size(); i++) {
                body.argument(i, frame.at(arguments.get(i)));
            }
            for (int i = 0; i < results.size(); i++) {
                body.result(i, frame.at(results.get(i)));
            }
            body.run(frame);
        });
    }

    static void whileLoop(Node node, Code code) {
        While loop = (While) node.op();
        List<State> states = State.of(node.inputs(), node.outputs(), code);
        Slot predicate = code.scratch(1);
        Body condition = new Body(code.body(loop.condition()), code);
        Body body = new Body(code.body(loop.body()), code);
        code.addOnHost("while", frame -> {
            states.forEach(state -> state.begin(frame));
            while (holds(frame, states, condition, predicate)) {
                advance(frame, states, body);
            }
            states.forEach(state -> state.finish(frame));
        });
    }

    private static boolean holds(Frame frame, List<State> states, Body condition, Slot predicate) {
        for (int i = 0; i < states.size(); i++) {
            condition.argument(i, states.get(i).now);
        }
        condition.result(0, frame.at(predicate));
        condition.run(frame);
        return condition.isTrue(frame, predicate);
    }

    private static void advance(Frame frame, List<State> states, Body body) {
        long[] next = new long[states.size()];
        for (int i = 0; i < next.length; i++) {
            next[i] = states.get(i).next(frame);
            body.argument(i, states.get(i).now);
            body.result(i, next[i]);
        }
        body.run(frame);
        for (int i = 0; i < next.length; i++) {
            states.get(i).now = next[i];
        }
    }

    static void scan(Node node, Code code) {
        new Scanned(node, code).write();
    }

    /** A value of which each step has one part. */
    private record Stacked(Slot slot, long bytes) {
        static List<Stacked> of(List<Value> values, long length, Code code) {
            return values.stream().map(value -> new Stacked(code.slot(value), value.type().byteSize() / Math.max(1, length))).toList();
        }

        long part(Frame frame, long index) {
            return frame.at(slot) + index * bytes;
        }
    }

    /** A loop along the first axis of sequences. */
    private static final class Scanned {
        private final Scan scan;
        private final Code code;
        private final List<State> carries;
        private final List<Stacked> sequences;
        private final List<Stacked> constants;
        private final List<Stacked> outputs;
        private final List<Stacked> carriesIn;
        private final Body body;

        Scanned(Node node, Code code) {
            this.scan = (Scan) node.op();
            this.code = code;
            int first = scan.carries();
            int results = scan.body().results().size();
            List<Value> in = node.inputs();
            List<Value> out = node.outputs();
            this.carries = State.of(in.subList(0, first), out.subList(0, first), code);
            this.sequences = Stacked.of(in.subList(first, first + scan.sequences()), scan.length(), code);
            this.constants = Stacked.of(in.subList(first + scan.sequences(), in.size()), 1, code);
            this.outputs = Stacked.of(out.subList(first, results), scan.length(), code);
            this.carriesIn = Stacked.of(out.subList(results, out.size()), scan.length(), code);
            this.body = new Body(code.body(scan.body()), code);
        }

        void write() {
            code.add("scan", "scan", body.plan.onDevice() ? this::run : Step.waiting(this::run));
        }

        private void run(Frame frame) {
            begin(frame);
            for (long step = 0; step < scan.length(); step++) {
                step(frame, scan.reverse() ? scan.length() - 1 - step : step);
            }
            carries.forEach(carry -> carry.finish(frame));
        }

        private void begin(Frame frame) {
            for (int i = 0; i < carries.size(); i++) {
                State carry = carries.get(i);
                carry.begin(frame);
                if (!carriesIn.isEmpty() && scan.length() > 0) {
                    long first = carriesIn.get(i).part(frame, scan.reverse() ? scan.length() - 1 : 0);
                    frame.driver().copy(carry.now, first, carry.bytes);
                    carry.now = first;
                }
            }
            for (int i = 0; i < constants.size(); i++) {
                body.argument(carries.size() + sequences.size() + i, frame.at(constants.get(i).slot()));
            }
        }

        private void step(Frame frame, long t) {
            long[] next = new long[carries.size()];
            for (int i = 0; i < next.length; i++) {
                next[i] = target(frame, i, scan.reverse() ? t - 1 : t + 1);
                body.argument(i, carries.get(i).now);
                body.result(i, next[i]);
            }
            for (int i = 0; i < sequences.size(); i++) {
                body.argument(carries.size() + i, sequences.get(i).part(frame, t));
            }
            for (int i = 0; i < outputs.size(); i++) {
                body.result(carries.size() + i, outputs.get(i).part(frame, t));
            }
            body.run(frame);
            for (int i = 0; i < next.length; i++) {
                carries.get(i).now = next[i];
            }
        }

        /** Where step {@code next} keeps what it begins with: in the stack of carries if that is wanted. */
        private long target(Frame frame, int i, long next) {
            boolean last = next < 0 || next >= scan.length();
            return carriesIn.isEmpty() || last ? carries.get(i).next(frame) : carriesIn.get(i).part(frame, next);
        }
    }
}

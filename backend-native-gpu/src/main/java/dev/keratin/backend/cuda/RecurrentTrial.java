package dev.keratin.backend.cuda;

import java.util.Optional;

/** Tries whether a library runs a recurrent layer: what it lacks it may say only when it is called. */
final class RecurrentTrial {
    private final TrialRoom room;

    RecurrentTrial(TrialRoom room) {
        this.room = room;
    }

    /**
     * Makes all calls of a plan once, on zeros; why they are not to be used, if there was no memory for that.
     *
     * @throws RuntimeException if the library refuses one
     */
    Optional<String> failure(Recurrence layer, RecurrentPlan plan) {
        long width = layer.dtype().byteSize();
        long state = Code.aligned(layer.batch() * layer.units() * width);
        long sequences = Code.aligned(layer.batch() * layer.time() * Math.max(layer.features(), layer.units()) * width);
        long weights = Code.aligned(plan.weights().bytes());
        long kept = Code.aligned(plan.keptBytes());
        long lengths = Code.aligned(layer.batch() * Integer.BYTES);
        long bytes = 2 * sequences + 2 * state + weights + kept + lengths;
        long place = room.allocate(bytes + plan.forward().scratchBytes());
        if (place == 0) {
            return Optional.of(TrialRoom.NO_MEMORY);
        }
        try {
            room.fill(place, (byte) 0, bytes);
            room.fillWords(place, (int) layer.time(), layer.batch());
            long in = place + lengths;
            long h = in + 2 * sequences;
            run(layer, plan, new Places(place, in, in + sequences, h, h + state, h + 2 * state, h + 2 * state + weights, place + bytes));
            return Optional.empty();
        } finally {
            room.free(place);
        }
    }

    /** Where the operands and results of the calls lie; some serve as several: weights and their gradients, outputs and theirs. */
    private record Places(long lengths, long in, long out, long h, long c, long weights, long reserve, long scratch) {}

    private static void run(Recurrence layer, RecurrentPlan plan, Places at) {
        long c = layer.cell() == Recurrence.Cell.LSTM ? at.c : 0;
        plan.forward().run(new long[] {at.lengths, at.in, at.h, c, at.weights, at.out, 0, 0, layer.training() ? at.reserve : 0}, at.scratch);
        if (layer.training()) {
            plan.dataGradient().run(new long[] {at.lengths, at.out, at.out, at.h, c, 0, at.weights, at.reserve, at.in, 0, 0}, at.scratch);
            plan.weightGradient().run(new long[] {at.lengths, at.in, at.h, at.out, at.reserve, at.weights}, at.scratch);
        }
    }
}

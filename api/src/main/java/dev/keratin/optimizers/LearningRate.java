package dev.keratin.optimizers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keratin.Configuration;
import dev.keratin.Tensor;
import dev.keratin.Variable;
import dev.keratin.optimizers.schedules.LearningRateSchedule;
import dev.keratin.optimizers.schedules.LearningRateSchedules;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A learning rate: a number in a variable, so that it can be changed between steps, or a schedule. */
final class LearningRate {
    private @Nullable Variable variable;
    private @Nullable LearningRateSchedule schedule;

    LearningRate(double initial) {
        variable = Slots.scalar("learning_rate", Configuration.floatx(), initial);
    }

    LearningRate(LearningRateSchedule schedule) {
        this.schedule = schedule;
    }

    Tensor at(Tensor step) {
        return variable != null ? variable.value() : requireSchedule().call(step);
    }

    void set(String who, double value) {
        if (variable == null) {
            throw new IllegalStateException(who + ": a learning rate that is a number is required to set it. Received: "
                    + value + " for " + requireSchedule().className() + ". Make the optimizer with a number, or set a"
                    + " schedule.");
        }
        variable.assign(Slots.filled(variable.type(), value));
    }

    void set(LearningRateSchedule newSchedule) {
        schedule = newSchedule;
        if (variable != null) {
            variable.close();
        }
        variable = null;
    }

    @Nullable Variable variable() {
        return variable;
    }

    boolean isSchedule() {
        return schedule != null;
    }

    void write(ObjectNode config) {
        if (variable != null) {
            config.put("learning_rate", variable.value().item());
        } else {
            config.set("learning_rate", LearningRateSchedules.registry().serialize(requireSchedule()));
        }
    }

    void read(String who, @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return;
        }
        if (node.isNumber()) {
            set(who, node.asDouble());
        } else {
            set(LearningRateSchedules.registry().deserialize(node));
        }
    }

    private LearningRateSchedule requireSchedule() {
        return Objects.requireNonNull(schedule);
    }
}

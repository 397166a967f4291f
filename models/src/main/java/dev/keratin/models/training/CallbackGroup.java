package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import dev.keratin.models.callbacks.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Tells several callbacks in order. */
final class CallbackGroup {
    private final List<Callback> callbacks;

    CallbackGroup(TrainedModel model, List<Callback> callbacks) {
        this.callbacks = new ArrayList<>(callbacks);
        this.callbacks.forEach(callback -> callback.setModel(model));
    }

    void tell(Consumer<Callback> event) {
        callbacks.forEach(event);
    }
}

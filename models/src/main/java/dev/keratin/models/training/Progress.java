package dev.keratin.models.training;

import dev.keratin.models.callbacks.Callback;
import java.util.ArrayList;
import java.util.List;

/** Puts the progress bar that the verbosity asks for after a call's callbacks. */
final class Progress {
    private Progress() {}

    static CallbackGroup of(Trainer model, FitSettings settings, int epochs, long steps, String who) {
        List<Callback> all = new ArrayList<>(settings.callbacks);
        boolean terminal = ProgressBar.isTerminal();
        int verbose = settings.verbose != null ? settings.verbose : terminal ? 1 : 2;
        boolean quiet = verbose == 0 || settings.verbose == null && !terminal && !who.equals("fit");
        if (!quiet) {
            all.add(new ProgressBar(new ProgressBar.Display(System.out, verbose == 1, System::nanoTime), epochs, steps));
        }
        return new CallbackGroup(model, all);
    }
}

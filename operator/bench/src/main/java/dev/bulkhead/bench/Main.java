package dev.bulkhead.bench;

/** Runs one figure. */
public final class Main {

    public static void main(String[] arguments) {
        new CompileBench().run(System.out);
    }

    private Main() {}
}

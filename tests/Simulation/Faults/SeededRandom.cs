namespace Simulation.Faults;

/// <summary>Chance that repeats itself: the same for the same seed, on every machine and with every version of .NET.</summary>
/// <remarks>SplitMix64, https://prng.di.unimi.it/splitmix64.c</remarks>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A generator of its own, so that one part of a seed's story does not depend on how many numbers another one has drawn.</summary>
    public SeededRandom Fork() => new(Next());

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    /// <summary>From 0 to <paramref name="limit"/> - 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>True with a probability from 0 to 1.</summary>
    public bool Chance(double probability) => (Next() >> 11) * (1.0 / (1UL << 53)) < probability;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>A time of whole milliseconds: timers know nothing shorter.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) =>
        TimeSpan.FromMilliseconds(least.TotalMilliseconds + Below((int)(most - least).TotalMilliseconds + 1));

    public TimeSpan Milliseconds(int least, int most) => TimeSpan.FromMilliseconds(least + Below(most - least + 1));

    public TimeSpan Seconds(int least, int most) => Milliseconds(least * 1000, most * 1000);

    public IReadOnlyList<T> Shuffled<T>(IEnumerable<T> things)
    {
        var shuffled = things.ToList();
        for (var left = shuffled.Count; left > 1; left--)
        {
            var other = Below(left);
            (shuffled[left - 1], shuffled[other]) = (shuffled[other], shuffled[left - 1]);
        }

        return shuffled;
    }
}

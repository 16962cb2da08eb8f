namespace Simulation.Hosting;

/// <summary>One thing that an instance does: a message that it handles, or a report that it takes in.</summary>
internal sealed class Work(string name, Instance instance)
{
    private static readonly AsyncLocal<Work?> _current = new();

    /// <summary>Whoever makes a call now.</summary>
    public static Work? Current => _current.Value;

    public Instance Instance => instance;

    /// <summary>When something last went wrong with it that it could not help; once its instance is dead, for ever.</summary>
    public DateTimeOffset? DisturbedAt { get; private set; }

    /// <summary>When it last began to post.</summary>
    public DateTimeOffset PostedAt { get; set; }

    /// <summary>From here on, in the calling method and what it calls, everything is part of this.</summary>
    public void Begin() => _current.Value = this;

    public void Disturb(DateTimeOffset at) => DisturbedAt = DisturbedAt > at ? DisturbedAt : at;

    public override string ToString() => $"{instance.Name} {name}";
}

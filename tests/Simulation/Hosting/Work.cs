namespace Simulation.Hosting;

/// <summary>One thing that an instance does: a message that it handles, or a report that it takes in.</summary>
internal sealed class Work(string name, Instance instance, DateTimeOffset beganAt)
{
    private static readonly AsyncLocal<Work?> _current = new();

    private DateTimeOffset? _interruptedAt;
    private readonly List<(DateTimeOffset At, Call Call)> _unanswered = [];

    /// <summary>Whoever makes a call now.</summary>
    public static Work? Current => _current.Value;

    public Instance Instance => instance;

    public DateTimeOffset BeganAt => beganAt;

    /// <summary>When something last went wrong with it that it could not help; once its instance is dead, for ever.</summary>
    public DateTimeOffset? DisturbedAt => _unanswered.Select(one => one.At).Append(_interruptedAt ?? default).Max() is var at && at > default(DateTimeOffset) ? at : null;

    /// <summary>When it last began to post.</summary>
    public DateTimeOffset PostedAt { get; set; }

    /// <summary>From here on, in the calling method and what it calls, everything is part of this.</summary>
    public void Begin() => _current.Value = this;

    /// <summary>Its instance died, stood still or was stopped.</summary>
    public void Interrupt(DateTimeOffset at) => _interruptedAt = _interruptedAt > at ? _interruptedAt : at;

    /// <summary>It got no answer.</summary>
    public void Miss(Call call, DateTimeOffset at) => _unanswered.Add((at, call));

    /// <summary>Whether it was interrupted since then, or got no answer to such a call.</summary>
    public bool IsExcused(DateTimeOffset since, Func<Call, bool> ofCall) =>
        _interruptedAt >= since || _unanswered.Any(one => one.At >= since && ofCall(one.Call));

    public override string ToString() => $"{instance.Name} {name}";
}

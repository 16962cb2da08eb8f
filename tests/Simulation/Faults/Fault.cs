namespace Simulation.Faults;

/// <summary>What goes wrong with one call.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It never arrives, and the caller learns that there was no answer.</summary>
    Lost,

    /// <summary>It takes effect, but the caller learns that there was no answer.</summary>
    AnswerLost,

    /// <summary>It takes effect, the answer is lost, and the client library tries again: the caller gets the second answer.</summary>
    Repeated,

    /// <summary>The caller's instance dies before it takes effect.</summary>
    CrashBefore,

    /// <summary>The caller's instance dies once it has taken effect.</summary>
    CrashAfter,
}

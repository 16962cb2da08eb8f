namespace Simulation.Faults;

/// <summary>What becomes of one call.</summary>
/// <param name="There">From the call until it takes effect.</param>
/// <param name="Back">From then until the caller has the answer.</param>
/// <param name="SinksWithCaller">Whether the call is gone when its instance dies on the way; else it is on the wire and takes effect all the same.</param>
/// <param name="StandsStill">For how long the whole instance does nothing from then on.</param>
internal readonly record struct CallPlan(TimeSpan There, TimeSpan Back, Fault Fault = Fault.None, bool SinksWithCaller = true, TimeSpan StandsStill = default);

namespace Benchmarks.Load;

/// <summary>What is sent, and how hard.</summary>
/// <param name="Senders">Each sends one report after another, the next one as soon as the last one is answered.</param>
/// <param name="TextBytes">How long the failed command's output is in each report.</param>
public sealed record LoadPlan(Uri Relay, string Key, int Senders, TimeSpan Duration, int TextBytes);

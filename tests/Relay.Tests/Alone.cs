namespace Relay.Tests;

/// <summary>Tests that measure the processor's time of the process, beside which no other test runs.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

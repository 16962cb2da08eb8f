namespace Relay.Reports;

/// <summary>One item of a loop for which the task failed.</summary>
public sealed record FailedItem(string Item, string? Message);

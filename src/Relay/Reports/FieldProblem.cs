namespace Relay.Reports;

/// <summary>What is wrong with one field of a report.</summary>
/// <param name="Path">The field's JSON path, such as <c>$.events[0].host</c>.</param>
/// <param name="Problem">What is wrong, without the field's value.</param>
public sealed record FieldProblem(string Path, string Problem);

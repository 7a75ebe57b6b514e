namespace EodPredict.Orders;

/// <summary>A file of orders cannot be read; the message names the file, the line and what is wrong there.</summary>
public sealed class OrderFileException(string message) : Exception(message);

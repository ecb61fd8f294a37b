"""What people see and touch: views, forms, templates. A view asks, calls and shows; it decides nothing."""

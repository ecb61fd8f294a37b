/* Passkeys: asks the phone or laptop for one and sends its answer with the form.
   A form says by data-passkey what it wants: "add", "get" or "sign-in". What the server asks stands in
   #passkey-data; to sign in it is fetched from the form's own address. Forms that need a passkey are hidden
   until it is known that this browser has them: without JavaScript nobody is offered what cannot work.
   webauthn-json.js (shipped by allauth) turns bytes into text and back. */
(function () {
  "use strict";

  function asked() {
    return JSON.parse(document.getElementById("passkey-data").textContent);
  }

  var ways = {
    add: function () {
      var options = asked().creation_options;
      options.publicKey.authenticatorSelection = Object.assign({}, options.publicKey.authenticatorSelection, {
        residentKey: "required", requireResidentKey: true, userVerification: "required",
      });
      return window.webauthnJSON.create(options);
    },
    get: function () {
      return window.webauthnJSON.get(asked().request_options);
    },
    "sign-in": function (form) {
      return fetch(form.action, { headers: { Accept: "application/json" } })
        .then(function (answer) {
          if (!answer.ok) throw new Error(String(answer.status));
          return answer.json();
        })
        .then(function (data) { return window.webauthnJSON.get(data.request_options); });
    },
  };

  function ready(form) {
    var failed = form.querySelector("[data-passkey-failed]");
    form.hidden = false;
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      failed.hidden = true;
      ways[form.dataset.passkey](form).then(function (credential) {
        form.elements.credential.value = JSON.stringify(credential);
        form.submit();
      }, function () { failed.hidden = false; });
    });
  }

  if (window.webauthnJSON && window.webauthnJSON.supported()) {
    document.querySelectorAll("form[data-passkey]").forEach(ready);
  } else {
    document.querySelectorAll("[data-passkey-absent]").forEach(function (said) { said.hidden = false; });
  }
})();

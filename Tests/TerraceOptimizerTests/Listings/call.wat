;; A recursive function.
(module
  (func $f (param i32) (result i32)
    (if (result i32) (i32.lt_u (local.get 0) (i32.const 2))
      (then (local.get 0))
      (else (i32.add
        (call $f (i32.sub (local.get 0) (i32.const 1)))
        (call $f (i32.sub (local.get 0) (i32.const 2))))))))

;; Graph
;; b0:
;;   v0 = i32.lt_u p0:i32, 2
;;   branch v0 ? b2 : b1
;; b1:                                     ; ×0.5, from b0
;;   v1 = i32.add p0:i32, -1
;;   v2 = call f0(v1): i32
;;   v3 = i32.add p0:i32, -2
;;   v4 = call f0(v3): i32
;;   v5 = i32.add v2, v4
;;   jump b3(v5)
;; b2:                                     ; ×0.5, from b0
;;   jump b3(p0:i32)
;; b3(v6: i32):                            ; from b1 b2
;;   return v6
;; Code
;; prologue:
;;   0000  55                             push rbp
;;   0001  48 89 e5                       mov rbp, rsp
;;   0004  41 56                          push r14
;;   0006  48 83 ec 18                    sub rsp, 24
;;   000a  49 3b 26                       cmp rsp, [r14]
;;   000d  0f 82 35 00 00 00              jb +0x48
;;   0013  48 89 5d f0                    mov [rbp - 16], rbx
;; b0:
;;   0017  83 ff 02                       cmp edi, 2
;;   001a  0f 82 20 00 00 00              jb +0x40
;; b1:
;;   0020  8d 4f ff                       lea ecx, [rdi - 1]
;;   0023  89 fb                          mov ebx, edi
;;   0025  89 cf                          mov edi, ecx
;;   0027  ff 15 00 00 00 00              call [rip]
;;   002d  8d 7b fe                       lea edi, [rbx - 2]
;;   0030  89 c3                          mov ebx, eax
;;   0032  ff 15 00 00 00 00              call [rip]
;;   0038  01 d8                          add eax, ebx
;; b3:
;;   003a  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   003e  c9                             leave
;;   003f  c3                             ret
;; b2:
;;   0040  89 f8                          mov eax, edi
;; b3:
;;   0042  48 8b 5d f0                    mov rbx, [rbp - 16]
;;   0046  c9                             leave
;;   0047  c3                             ret
;; outOfLine:
;;   0048  0f 0b                          ud2
